import Glibc
import Testing

@testable import Wire

@Suite struct RFCTextTests {
  static let document = """


    Network Working Group                                        A. Nother
    Request for Comments: 9876                              1 January 2030
    Category: Informational


                    A Protocol for Reading Aloud
                         over Long Wires

    Status of This Memo

       This is a sample.

    Table of Contents

       1.  Introduction ............................................. 1
    2. Words at the margin . . . . . . . . . . . . . . . . . . . . . 2

    1.  Introduction

       Some sentence that a page cuts in



    Nother                       Informational                      [Page 1]
    \u{0C}
    RFC 9876                    Reading Aloud                 January 2030


       two goes on here.

    Nother                       Informational                      [Page 2]
    \u{0C}RFC 9876                    Reading Aloud                 January 2030

       A new paragraph.  See [Page 3] of the book.

    1.1.  Of RFC 9876

    A man of letters is no heading.

    RFC 9876 is named at the margin.

    Appendix A.  More

       The end.

    A.1.  Even more

       Really.

    Nother                       Informational                      [Page 3]
    \u{0C}

    """

  @Test func pagesBecomeOneText() {
    let text = RFCText(Self.document).withoutPageBreaks
    #expect(!text.contains("\u{0C}") && !text.contains("Informational  ") && !text.contains("January 2030\n\n\n   two"))
    #expect(
      text.contains("   Some sentence that a page cuts in\n   two goes on here.\n\n   A new paragraph.  See [Page 3]"))
    #expect(text.contains("\nRFC 9876 is named at the margin.\n") && text.hasSuffix("   Really.\n"))
  }

  @Test func headingAndSections() {
    let rfc = RFCText(Self.document)
    #expect(rfc.number == 9876 && rfc.title == "A Protocol for Reading Aloud over Long Wires")
    let numbered = rfc.sections.filter { !$0.number.isEmpty }
    #expect(numbered.map(\.number) == ["1", "1.1", "A", "A.1"])
    #expect(numbered.map(\.title) == ["Introduction", "Of RFC 9876", "More", "Even more"])
    #expect(rfc.body(of: numbered[2]) == "   The end.")
  }

  @Test func lineEndsOfTheNetworkAreTheSame() {
    let crlf = Self.document.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
    #expect(RFCText(crlf) == RFCText(Self.document))
  }

  @Test func withoutPagesNothingChanges() {
    let modern =
      "\n\nInternet Engineering Task Force (IETF)\nRequest for Comments: 9000\n\n\n   Title\n\n1.  One\n\n   Text.\n"
    let rfc = RFCText(modern)
    #expect(rfc.withoutPageBreaks == modern && rfc.title == "Title" && rfc.sections.map(rfc.body) == ["   Text."])
    #expect(RFCText("").withoutPageBreaks.isEmpty && RFCText("\u{0C}\n[Page 1]").sections.isEmpty)
  }

  @Test func longDocumentOfTheLab() throws {
    let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    let file = try #require(fopen("/\(root)/share/nsh/lab/rfc/rfc9999.txt", "r"))
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = fread(&bytes, 1, bytes.count, file)
    let rfc = RFCText(Array(bytes[..<count]))
    let text = rfc.withoutPageBreaks
    #expect(count > 100_000 && rfc.number == 9999 && !rfc.title.isEmpty)
    #expect(!text.contains("\u{0C}") && !text.contains("[Page ") && !text.contains("\nRFC 9999  "))
    let chapters = rfc.sections.filter { !$0.number.isEmpty }.compactMap { Int($0.number) }
    #expect(chapters.count > 3 && chapters == Array(1...chapters.count), "\(rfc.sections.map(\.number))")
  }
}
