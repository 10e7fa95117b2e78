numbers = [i for i in range(1, 1_000_001)]
assert len(numbers) == 1_000_000
