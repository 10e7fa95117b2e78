numbers = [i * 7_368_787 % 1_000_003 for i in range(1, 1_000_001)]
ordered = sorted(numbers)
assert len(ordered) == 1_000_000
assert ordered[0] < ordered[999_999]
