"""jinan_desk: the desk at which a service hall handles the 26 stable-employment measures of 济政发〔2020〕1号."""

__version__ = "0.1.0"
