"""The clips of a recording one after the other: keep, fix or drop."""
