from dataclasses import replace
from pathlib import Path

import pytest

from jinan_desk.documents.band import MM, PADDING, SIDE, Band, Document
from jinan_desk.documents.context import Column, Table
from jinan_desk.documents.fonts import Fonts
from jinan_desk.documents.layout import numeral
from jinan_desk.documents.paging import pages
from jinan_desk.documents.pdf import SEAM, SEAM_MARGIN, write_pdf
from jinan_desk.errors import DeskError
from tests.documents import samples
from tests.documents.paper import FORMS, filled, opened, texts, written

FOOT = 20 * MM
"""Below the type area: page number and check code."""


@pytest.fixture(params=[(name, long) for name in FORMS for long in (False, True)], ids=str)
def document(request: pytest.FixtureRequest, fonts: Fonts) -> Document:
    name, long = request.param
    return filled(name, samples.context(long=long, people=60 if long else 1), fonts)


def test_what_was_put_in_can_be_copied_out(fonts: Fonts, tmp_path: Path):
    context = samples.context(people=60)
    write_pdf([filled("roster", context, fonts)], tmp_path / "a.pdf", fonts)
    text = "".join(texts(tmp_path / "a.pdf"))
    for name, number, *_ in samples.roster(60):
        assert name in text
        assert number in text


@pytest.mark.parametrize("name", samples.RARE_NAMES)
@pytest.mark.parametrize("form", FORMS[::3])
def test_rare_names_are_copied_and_found(fonts: Fonts, tmp_path: Path, name: str, form: str):
    context = samples.context(long=False)
    context.fields["applicant"]["name"] = name
    write_pdf([filled(form, context, fonts)], tmp_path / "a.pdf", fonts)
    assert name in texts(tmp_path / "a.pdf")[0]


def test_a_whole_letter_reads_as_it_was_written(fonts: Fonts, tmp_path: Path):
    text = "自2020年2月10日起，凡符合条件的，按每人¥1,000.00给予补贴（含“稳岗返还”）。" * 12
    document = written(f'[[block]]\nkind = "text"\ntext = "{text}"\n', samples.context(), fonts, tmp_path)
    write_pdf([document], tmp_path / "a.pdf", fonts)
    assert text in texts(tmp_path / "a.pdf")[0].replace("\n", "")


def test_the_same_document_is_the_same_bytes(document: Document, fonts: Fonts, font_cache: Path, tmp_path: Path):
    write_pdf([document], tmp_path / "a.pdf", fonts)
    write_pdf([document], tmp_path / "b.pdf", Fonts(fonts._shipped, font_cache))
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_nothing_stands_outside_the_type_area(document: Document, fonts: Fonts, tmp_path: Path):
    paper = document.paper
    write_pdf([document], tmp_path / "a.pdf", fonts)
    with opened(tmp_path / "a.pdf") as pdf:
        for page in pdf:
            assert page.get_size() == pytest.approx((paper.width, paper.height), abs=0.01)
            picture = page.render(scale=2, grayscale=True).to_pil()
            rim = 2  # pixels: half the outer rule and its smoothing
            left, top = int(paper.left * 2) - rim, int(paper.top * 2) - rim
            right = int((paper.left + paper.area_width) * 2) + rim + 1
            bottom = int((paper.top + paper.area_height + FOOT) * 2)
            seam = int((paper.width - SEAM_MARGIN) * 2)
            for box in (
                (0, 0, picture.width, top),
                (0, 0, left, picture.height),
                (right, 0, seam - 12, picture.height),
                (seam + 12, 0, picture.width, picture.height),
                (0, bottom, picture.width, picture.height),
            ):
                assert picture.crop(box).getextrema() == (255, 255), box


def test_no_text_is_cut_and_none_lies_over_another(document: Document):
    for page in pages(document):
        floor = 0.0
        for y, band, _ in page.bands:
            assert y >= floor - 0.01
            floor = y + band.height
            assert floor <= document.paper.area_height + 0.02
            for cell in band.cells:
                padding, side = (PADDING, SIDE) if band.ruled else (0.0, 0.0)
                height = sum(band.heights[cell.row : cell.row + cell.down])
                assert cell.needed() + 2 * padding <= height + 0.01, cell.text
                for line in (*cell.lines, *cell.foot):
                    assert line.width * cell.type.size <= cell.width - 2 * side + 0.01, line.text
            for row in range(len(band.heights)):
                right = 0.0
                for cell in sorted((c for c in band.cells if c.row <= row < c.row + c.down), key=lambda c: c.x):
                    assert cell.x >= right - 0.01, cell.text
                    right = cell.x + cell.width


def test_a_long_roster_repeats_its_head_and_adds_up(fonts: Fonts, tmp_path: Path):
    context = samples.context(people=60)
    write_pdf([filled("roster", context, fonts)], tmp_path / "a.pdf", fonts)
    found = texts(tmp_path / "a.pdf")
    assert len(found) > 2
    paid = sum(1 for row in samples.roster(60) if row[-1] == "1,000.00")
    running = 0
    for number, text in enumerate(found, start=1):
        assert "身份证号码" in text
        assert f"— {number} —" in text
        assert "3f2a9c01b7de" in text
        words = text.replace("\n", " ").split()
        page_sum = words[words.index("本页小计") + 1]
        running += int(page_sum.replace(",", "").removesuffix(".00"))
        assert (f"{running:,}.00" == words[words.index("累计") + 1]) if number < len(found) else True
    assert f"{paid * 1000:,}.00" == words[words.index("合计") + 1]
    assert running == paid * 1000


def test_a_roster_of_one_page_has_a_total_only(fonts: Fonts, tmp_path: Path):
    write_pdf([filled("roster", samples.context(long=False, people=3), fonts)], tmp_path / "a.pdf", fonts)
    (text,) = texts(tmp_path / "a.pdf")
    assert "合计" in text
    assert "本页小计" not in text
    assert "累计" not in text


def test_pages_are_stamped_together_where_there_is_more_than_one(fonts: Fonts, tmp_path: Path):
    for people, count in ((3, 1), (60, 4)):
        write_pdf([filled("roster", samples.context(long=False, people=people), fonts)], tmp_path / "a.pdf", fonts)
        marked = [SEAM in text.replace("\n", "") for text in texts(tmp_path / "a.pdf")]
        assert marked == [count > 1] * len(marked)


def test_a_roster_that_is_wide_is_turned(fonts: Fonts):
    wide = filled("roster", samples.context(), fonts)
    columns = (Column("name", "姓名"), Column("amount", "金额（元）", money=True))
    narrow = samples.context()
    narrow.tables["roster"] = Table(columns, [("孙强", "1,000.00")])
    assert wide.paper.width > wide.paper.height
    assert filled("roster", narrow, fonts).paper.width < wide.paper.width


def test_many_columns_are_set_smaller_rather_than_torn(fonts: Fonts):
    context = samples.context()
    more = tuple(Column(f"more{number}", "证书编号") for number in range(2))
    rows = [(*row, "1915001200000332", "2020年3月31日") for row in samples.roster(9)]
    context.tables["roster"] = Table((*samples.ROSTER_COLUMNS, *more), rows)
    for page in pages(filled("roster", context, fonts)):
        for _, band, _ in page.bands:
            for cell in band.cells:
                whole = cell.text[:4] in {"3701", "2020", "2021", "1915"} or cell.text.endswith(".00")
                assert not whole or len(cell.lines) == 1, cell.text


def test_a_cell_that_reaches_down_gets_the_height_it_needs(fonts: Fonts, tmp_path: Path):
    text = "很长的说明" * 30
    grid = '[[block]]\nkind = "grid"\ncolumns = [1, 2]\nrows = [[{text = "%s", down = 2, label = true}, "乙"], ["丙"], ["丁", "戊"]]\n'
    document = written(grid % text, samples.context(), fonts, tmp_path)
    band = document.parts[0]
    assert isinstance(band, Band)
    tall, *_ = band.cells
    assert tall.down == 2
    assert tall.needed() + 2 * PADDING <= sum(band.heights) + 0.01
    assert len([part for part in document.parts if isinstance(part, Band)]) == 2


def test_boxes_share_what_is_left_of_a_single_page(fonts: Fonts):
    (page,) = pages(filled("application", samples.context(long=False), fonts))
    last = page.bands[-1]
    assert last.y + last.band.height == pytest.approx(225 * MM, abs=1)


def test_a_character_that_no_font_has_is_marked_on_paper(fonts: Fonts, tmp_path: Path):
    context = samples.context(long=False)
    context.fields["applicant"]["name"] = "张\ue123三"
    write_pdf([filled("notice", context, fonts)], tmp_path / "a.pdf", fonts)
    assert "张〓三" in texts(tmp_path / "a.pdf")[0]


def test_the_file_says_what_it_is(fonts: Fonts, tmp_path: Path):
    write_pdf([filled("notice", samples.context(), fonts)], tmp_path / "a.pdf", fonts)
    with opened(tmp_path / "a.pdf") as pdf:
        assert pdf.get_metadata_value("Title") == "企业一次性吸纳就业补贴申请表"
        assert pdf.get_metadata_value("Author") == "济南市历下区人力资源和社会保障局"
    assert b"/Lang (zh-CN)" in (tmp_path / "a.pdf").read_bytes()


def test_many_documents_go_into_one_file_and_count_their_own_pages(fonts: Fonts, tmp_path: Path):
    document = filled("application", samples.context(long=False), fonts)
    assert write_pdf([document] * 3, tmp_path / "a.pdf", fonts) == 3
    assert ["— 1 —" in text for text in texts(tmp_path / "a.pdf")] == [True] * 3


def test_a_file_of_many_papers_has_a_bookmark_for_each(fonts: Fonts, tmp_path: Path):
    document = filled("application", samples.context(long=False), fonts)
    many = [replace(document, bookmark=f"第{number}件 王𬱖") for number in range(3)]
    write_pdf(many, tmp_path / "a.pdf", fonts)
    with opened(tmp_path / "a.pdf") as pdf:
        marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in pdf.get_toc()]
    assert marks == [("第0件 王𬱖", 0), ("第1件 王𬱖", 1), ("第2件 王𬱖", 2)]


@pytest.mark.parametrize(
    "block",
    [
        'kind = "grid"\ncolumns = [1, 100]\nrows = [["甲", "乙"]]',
        'kind = "boxes"\nlabel_width = 155\nboxes = [{label = "甲"}]',
        'kind = "pairs"\nof = "applicant"\nlabel_width = 155',
        f'kind = "table"\nof = "roster"\nblank = {["签名"] * 90}',
    ],
)
def test_a_cell_that_is_too_narrow_is_one_sentence(fonts: Fonts, tmp_path: Path, block: str):
    with pytest.raises(DeskError) as error:
        written(f"[[block]]\n{block}\n", samples.context(), fonts, tmp_path)
    assert "第1块" in error.value.read()
    assert "太窄" in error.value.read()


def test_headings_are_counted_as_far_as_they_are_there(fonts: Fonts, tmp_path: Path):
    heading = '[[block]]\nkind = "text"\ntext = "%s"\nnumbered = true\n%s\n'
    form = heading % ("甲", "") + heading % ("乙", 'when = "warnings"') + heading % ("丙", "")
    found = written(form, samples.context(), fonts, tmp_path)
    assert [part.cells[0].text for part in found.parts if isinstance(part, Band)] == ["一、甲", "二、丙"]
    assert [numeral(number) for number in (9, 10, 12, 20, 99)] == ["九", "十", "十二", "二十", "九十九"]


@pytest.mark.parametrize(
    ("block", "named"),
    [
        ('kind = "text"\ntext = "{applicant.nickname}"', ("mine", "第1块", "text", "applicant.nickname")),
        ('kind = "text"\ntext = "{applicant}"', ("applicant",)),
        ('kind = "table"\nof = "roster"\ncolumns = ["wage"]', ("mine", "第1块", "table", "roster.wage")),
        ('kind = "pairs"\nof = "promises"', ("promises",)),
        ('kind = "text"\nwhen = "opinion"\ntext = "甲"', ("opinion",)),
        ('kind = "text"\neach = "reasons"\ntext = "{row.words}"', ("row.words",)),
    ],
)
def test_an_unknown_field_is_one_sentence(fonts: Fonts, tmp_path: Path, block: str, named: tuple[str, ...]):
    with pytest.raises(DeskError) as error:
        written(f"[[block]]\n{block}\n", samples.context(), fonts, tmp_path)
    assert all(word in error.value.read() for word in named), error.value.read()


def test_a_block_whose_field_is_empty_is_left_out(fonts: Fonts, tmp_path: Path):
    blocks = '[[block]]\nkind = "text"\nwhen = "%s"\ntext = "有"\n[[block]]\nkind = "text"\ntext = "无"\n'
    for when, expected in (("applicant.contact", 1), ("applicant.name", 2), ("facts", 1), ("roster", 2)):
        document = written(blocks % when, samples.context(long=False), fonts, tmp_path)
        assert sum(bool(part.cells) for part in document.parts if isinstance(part, Band)) == expected, when


def test_text_longer_than_a_page_goes_on_on_the_next(fonts: Fonts):
    context = samples.context(long=False)
    context.fields["opinions"]["approval"] = opinion = "".join(f"第{number}项材料齐全，" for number in range(700))
    found = [*pages(filled("application", context, fonts))]
    assert len(found) > 2
    cells = [cell for page in found for placed in page.bands for cell in placed.band.cells]
    assert "".join(line.text for cell in cells if cell.text == opinion for line in cell.lines) == opinion
    signed = "".join(line.text for cell in cells for line in cell.foot)
    assert signed.count("负责人：") == 4  # who signs stands once, at the end


def test_no_line_of_a_paragraph_stands_alone_on_a_page(fonts: Fonts, tmp_path: Path):
    for lines in range(18, 26):
        text = "一" * (28 * lines - 2 - 10)
        document = written(
            '[[block]]\nkind = "text"\ntext = "首段"\n' + f'[[block]]\nkind = "text"\ntext = "{text}"\n',
            samples.context(),
            fonts,
            tmp_path,
        )
        for page in pages(document):
            for _, band, _ in page.bands:
                assert len(band.cells[0].lines) != 1 or band.cells[0].text == "首段"


def test_what_is_signed_does_not_stand_on_a_page_without_text(fonts: Fonts, tmp_path: Path):
    for count in range(15, 24):
        blocks = '[[block]]\nkind = "text"\ntext = "甲"\n' * count
        blocks += '[[block]]\nkind = "closing"\nlines = ["{office.name}", "{document.date}"]\n'
        *_, last = pages(written(blocks, samples.context(), fonts, tmp_path))
        assert last.bands[0].band.cells[0].text == "甲"


def test_a_heading_stays_with_its_text(fonts: Fonts, tmp_path: Path):
    for count in range(15, 24):
        blocks = '[[block]]\nkind = "text"\ntext = "甲"\n' * count
        blocks += '[[block]]\nkind = "text"\nkeep = true\ntext = "一、题"\n[[block]]\nkind = "text"\ntext = "乙"\n'
        for page in pages(written(blocks, samples.context(), fonts, tmp_path)):
            assert page.bands[-1].band.cells[0].text != "一、题"


def test_rows_are_laid_out_as_their_page_is_reached(fonts: Fonts):
    class Rows:
        read = 0

        def __iter__(self):
            for row in samples.roster(1000):
                self.read += 1
                yield row

    rows = Rows()
    context = samples.context()
    context.tables["roster"] = Table(samples.ROSTER_COLUMNS, rows)
    document = filled("roster", context, fonts)
    rows.read = 0
    next(pages(document))
    assert rows.read < 40


def test_a_failure_leaves_the_old_file_and_no_other(fonts: Fonts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "表.pdf"
    path.write_bytes(b"the good one")
    document = filled("notice", samples.context(), fonts)

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(DeskError) as error:
        write_pdf([document], path, fonts)
    assert "表.pdf" in error.value.read()
    assert path.read_bytes() == b"the good one"
    assert [*tmp_path.iterdir()] == [path]


def test_a_file_in_place_of_the_folder_is_one_sentence(fonts: Fonts, tmp_path: Path):
    (tmp_path / "no").write_text("a file")
    with pytest.raises(DeskError):
        write_pdf([filled("notice", samples.context(), fonts)], tmp_path / "no" / "a.pdf", fonts)


def test_the_end_of_a_letter_has_some_of_its_text_beside_it(fonts: Fonts, tmp_path: Path):
    """The guard: not only the line that tells how to call the office stands with who signs."""
    for count in range(14, 24):
        blocks = '[[block]]\nkind = "text"\ntext = "甲"\n' * count
        blocks += '[[block]]\nkind = "text"\nkeep = true\ntext = "电话：0531-00000002。"\n'
        blocks += '[[block]]\nkind = "closing"\nlines = ["{office.name}", "{document.date}"]\n'
        *_, last = pages(written(blocks, samples.context(), fonts, tmp_path))
        assert [band.cells[0].text for _, band, _ in last.bands[:2]] == ["甲", "甲"]
