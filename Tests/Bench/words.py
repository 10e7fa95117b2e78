def run():
    text = ""
    for i in range(1, 1_000_001):
        text = text + f"word{i} "
    words = text.split()
    assert len(words) == 1_000_000
    assert words[999_999] == "word1000000"


run()
