"""The version of the analysis, by which an index knows whether its terms are those that a query asks for."""

ANALYSIS = 10
"""Raised by one with every change after which a text gives other terms. An index of an earlier one is analysed anew from the
texts that it keeps, by its next update; until then it answers as well as the old terms allow."""
