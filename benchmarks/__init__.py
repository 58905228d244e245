"""How fast the product is, as ratios within one run; `make bench`. See docs/performance.md."""
