"""Prices, bounds and linear programs: what needs numpy and HiGHS."""
