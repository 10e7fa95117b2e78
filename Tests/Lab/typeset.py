#!/usr/bin/env python3
"""Typesets the documents of nsh's lab as RFCs look: 72 columns, pages of 58 lines, headers, footers, form feeds.

Usage: python3 Tests/Lab/typeset.py [FOLDER]     writes rfcN.txt and rfc-index.txt, by default to share/nsh/lab/rfc

The sources beside it are our own prose: a block of `Key: value` lines, then `# Section`, paragraphs, and lines that
begin with two spaces, which are set as they are. The same sources give the same bytes on every machine.
"""
import pathlib
import sys
import textwrap

HERE = pathlib.Path(__file__).parent
WIDTH, LINES = 72, 58


def field_notes():
    """Generates the long document: a year's log of one packet counter, from few sentences by fixed arithmetic."""
    weather = ["Rain on the roof of the exchange", "A dry day", "Fog until noon", "Wind from the west", "First frost",
               "Thunder in the afternoon", "A still, bright morning", "Snow on the dishes"]
    events = ["The link to the harbour dropped twice and came back by itself",
              "Someone sent one large file in very small pieces, and it arrived in order",
              "A resolver asked the same question forty times and was told the same answer forty times",
              "Two clocks disagreed, and the log was written in the wrong order for an hour",
              "The neighbour's machine announced an address that was not its own",
              "A connection was left half open, and its owner did not come back for it",
              "A cable was moved, and for a minute everything went the long way round",
              "The queue at the gateway grew to its end and then quietly forgot a few packets",
              "A reset arrived where an answer was expected",
              "Nothing was lost, which nobody noticed"]
    lessons = ["Count what leaves as well as what arrives.", "A silence is not an answer, but it is a fact.",
               "What is retried for ever fails for ever.", "The shortest path is not always the one that is up.",
               "Write the time down before you write the reason down.", "A limit that nobody set is found by accident.",
               "The name was right and the address was old."]
    months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
              "November", "December"]
    days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    state, out = 2324, []

    def pick(choices):
        nonlocal state
        state = (state * 1103515245 + 12345) % 2**31
        return choices[(state >> 16) % len(choices)]

    for month, count in zip(months, days):
        out.append(f"# {month}\n")
        for day in range(1, count + 1):
            sent, lost = int(pick(range(900, 9900))), int(pick(range(0, 40)))
            out.append(f"{day} {month}. {pick(weather)}. {pick(events)}. In the hour that I watched, {sent} packets went "
                       f"out and {sent - lost} were acknowledged; the other {lost} I leave to tomorrow's page. "
                       f"{pick(lessons)}\n")
    return "\n".join(out)


def parse(path):
    head, body = path.read_text().split("\n\n", 1)
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    return fields, body.replace("{{field notes}}\n", field_notes())


def flow(body):
    """Gives the lines of the text, sections numbered, paragraphs filled and indented by three."""
    lines, section = [], 0
    for block in body.strip("\n").split("\n\n"):
        if block.startswith("# "):
            section += 1
            lines += ["", f"{section}.  {block[2:].strip()}"]
        elif block.startswith("  "):
            lines += ["    " + line for line in block.split("\n")]
        else:
            lines += textwrap.wrap(" ".join(block.split()), WIDTH - 3, initial_indent="   ", subsequent_indent="   ")
        lines.append("")
    return lines


def row(left, middle, right):
    gap = WIDTH - len(left) - len(right)
    return (left + middle.center(gap) + right).rstrip() if middle else left + " " * gap + right


def typeset(fields, body):
    number, author, date = fields["Number"], fields["Author"], fields["Date"]
    surname = author.split()[-1]
    first = ["", "", "",
             row("The nsh Lab", "", author),
             row(f"Request for Comments: {number}", "", "The nsh Lab"),
             row(f"Category: {fields['Category']}", "", date), "", "",
             fields["Title"].center(WIDTH).rstrip(), "",
             "Status of This Memo", ""]
    first += textwrap.wrap("This memo is served by the lab of nsh for practice. It only has the shape of an RFC: it is no "
                           "publication of the RFC series, and specifies nothing for the Internet.", WIDTH - 3,
                           initial_indent="   ", subsequent_indent="   ")
    lines, pages = first + [""] + flow(body), []
    page, room = [], LINES - 3
    for line in lines:
        if len(page) == room or (len(page) > room - 4 and line[:1].isdigit()):
            pages.append(page)
            page = [row(f"RFC {number}", fields["Title"], date), "", ""]
        if line or page[-1:] != [""] or len(page) > 3:
            page.append(line)
    pages.append(page)
    text = ""
    for count, page in enumerate(pages, 1):
        page += [""] * (LINES - 1 - len(page)) + [row(surname, fields["Category"], f"[Page {count}]")]
        text += "\n".join(page) + "\n" + ("\f\n" if count < len(pages) else "")
    return text


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent.parent / "share/nsh/lab/rfc"
    folder.mkdir(parents=True, exist_ok=True)
    documents = sorted((parse(path) for path in HERE.glob("sources/*.txt")), key=lambda entry: int(entry[0]["Number"]))
    index = ["RFC INDEX OF THE NSH LAB", "", "Each document is at /rfc/rfcN.txt.", ""]
    for fields, body in documents:
        (folder / f"rfc{fields['Number']}.txt").write_text(typeset(fields, body))
        index.append(f"{int(fields['Number']):04} {fields['Title']}. {fields['Author']}. {fields['Date']}. "
                     f"(Status: {fields['Category'].upper()})")
    (folder / "rfc-index.txt").write_text("\n".join(index) + "\n")


main()
