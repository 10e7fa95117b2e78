import Servers
import TestSupport
import Testing

/// The conversations of mail and files as engines, against clients that say anything.
@Suite struct DialogueTests {
  private static let mail = [
    "EHLO a", "MAIL FROM:<a@b> SIZE=3", "RCPT TO:<c@d>", "DATA", "..", "text", ".", "RSET", "VRFY x", "QUIT",
  ]
  private static let files = [
    "USER a", "PASS b", "TYPE I", "EPSV", "EPSV 2", "PASV", "LIST -la", "NLST", "REST 2", "RETR x", "SIZE /x", "CWD ..",
    "PORT 1,2,3,4,5,6", "ABOR", "QUIT",
  ]
  private static let login = ["EHLO a", "AUTH PLAIN", "AGEAbGFi", "AUTH PLAIN AGEAbGFi", "AUTH LOGIN", "STARTTLS", "*"]

  @Test func mailIsTakenWhole() {
    var dialogue = SMTPDialogue(name: "mail.test")
    let turns = Self.mail.map { dialogue.take(Array($0.utf8)) }
    #expect(turns.compactMap { $0.reply.last?.prefix(3) } == ["250", "250", "250", "354", "250", "250", "252", "221"])
    #expect(turns.compactMap(\.mail?.data) == [Array(".\r\ntext\r\n".utf8)] && turns.last?.isLast == true)
  }

  /// Each line cut at each length, with a byte flipped, in any order: there is a reply with a code, or none in the midst of a mail.
  @Test func noLineConfusesThem() {
    var random = SeededRandom(seed: 10)
    var mail = SMTPDialogue(name: "mail.test")
    var files = FTPDialogue(files: ["x": Array("file\n".utf8)])
    var protected = SMTPDialogue(name: "mail.test", offersTLS: true)
    protected.protect()
    let lines = [Self.mail, Self.files, Self.login]
    for _ in 0..<20_000 {
      var line = Array(
        lines.randomElement(using: &random)?.randomElement(using: &random)?.utf8 ?? "".utf8)
      line = Array(line.prefix(Int.random(in: 0...line.count, using: &random)))
      if let place = line.indices.randomElement(using: &random), Bool.random(using: &random) {
        line[place] = UInt8.random(in: 0...255, using: &random)
      }
      for reply in mail.take(line).reply + files.take(line).reply + protected.take(line).reply {
        let isReply = reply.utf8.prefix(3).allSatisfy { (0x30...0x39).contains($0) } || reply.hasPrefix(" ")
        #expect(isReply && reply.utf8.allSatisfy { (0x20..<0x7F).contains($0) }, "\(reply)")
      }
    }
  }

  private func codes(_ dialogue: inout SMTPDialogue, _ lines: [String]) -> [String] {
    lines.map { String(dialogue.take(Array($0.utf8)).reply.last?.prefix(3) ?? "") }
  }

  /// RFC 3207 §4.2: what was said before TLS is forgotten. RFC 4954 §4 and §6: no password goes unprotected.
  @Test func protectionStartsAnew() {
    var dialogue = SMTPDialogue(name: "mail.test", offersTLS: true)
    #expect(dialogue.take(Array("EHLO a".utf8)).reply.contains("250-STARTTLS"))
    #expect(codes(&dialogue, ["AUTH PLAIN AGEAbGFi", "MAIL FROM:<a@b>", "STARTTLS now"]) == ["538", "250", "501"])
    #expect(dialogue.take(Array("STARTTLS".utf8)).startsTLS)
    dialogue.protect()
    #expect(codes(&dialogue, ["RCPT TO:<c@d>", "MAIL FROM:<a@b>", "AUTH PLAIN AGEAbGFi"]) == ["503", "503", "503"])
    let offered = dialogue.take(Array("EHLO a".utf8)).reply
    #expect(!offered.contains("250-STARTTLS") && offered.contains("250-AUTH PLAIN"))
    #expect(codes(&dialogue, ["STARTTLS", "MAIL FROM:<a@b> SIZE=1048577"]) == ["503", "552"])
  }

  @Test func aPasswordIsChecked() {
    var dialogue = SMTPDialogue(name: "mail.test", offersTLS: true)
    dialogue.protect()
    // `\0a\0lab` is right; then: given up, no base64, another mechanism, right, and once more.
    let lines = [
      "EHLO a", "AUTH PLAIN", "*", "AUTH PLAIN !", "AUTH LOGIN", "AUTH PLAIN", "AGEAbGFi", "AUTH PLAIN AGEAbGFi",
    ]
    #expect(codes(&dialogue, lines) == ["250", "334", "501", "501", "504", "334", "235", "503"])
    var other = SMTPDialogue(name: "mail.test", offersTLS: true)
    other.protect()
    #expect(
      codes(&other, ["EHLO a", "AUTH PLAIN AGEAeA==", "AUTH PLAIN =", "AUTH PLAIN AAA="]) == [
        "250", "535", "535", "421",
      ])
  }

  /// RFC 3659 §5.3: the place counts for the next command alone.
  @Test func aFileBeginsWhereItIsToldTo() {
    var dialogue = FTPDialogue(files: ["x": Array("one two".utf8)])
    let lines = ["USER a", "PASS b", "TYPE I", "REST 4", "RETR x", "RETR x", "REST 8", "RETR x", "REST -1", "EPSV 2"]
    let turns = lines.map { dialogue.take(Array($0.utf8)) }
    #expect(turns.compactMap(\.task) == [.transfer(Array("two".utf8)), .transfer(Array("one two".utf8))])
    #expect(turns.suffix(3).compactMap { $0.reply.first?.prefix(3) } == ["554", "501", "522"])
  }

  @Test func aMailHasAnEnd() {
    var dialogue = SMTPDialogue(name: "mail.test")
    for line in Self.mail.prefix(4) { _ = dialogue.take(Array(line.utf8)) }
    let line = [UInt8](repeating: 0x61, count: 1_000)
    for _ in 0..<12_000 { _ = dialogue.take(line) }
    let end = dialogue.take(Array(".".utf8))
    #expect(end.reply == ["552 message too large"] && end.mail == nil)
  }
}
