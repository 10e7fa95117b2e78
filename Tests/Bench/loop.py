def run():
    n = i = 0
    while i < 10_000_000:
        n = n + i
        i = i + 1
    assert n == 49_999_995_000_000


run()
