import Servers
import TestSupport
import Testing

/// The conversations of mail and files as engines, against clients that say anything.
@Suite struct DialogueTests {
  private static let mail = [
    "EHLO a", "MAIL FROM:<a@b> SIZE=3", "RCPT TO:<c@d>", "DATA", "..", "text", ".", "RSET", "VRFY x", "QUIT",
  ]
  private static let files = [
    "USER a", "PASS b", "TYPE I", "EPSV", "PASV", "LIST -la", "NLST", "RETR x", "SIZE /x", "CWD ..", "PORT 1,2,3,4,5,6",
    "QUIT",
  ]

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
    for _ in 0..<20_000 {
      var line = Array(
        (Bool.random(using: &random) ? Self.mail : Self.files).randomElement(using: &random)?.utf8 ?? "".utf8)
      line = Array(line.prefix(Int.random(in: 0...line.count, using: &random)))
      if let place = line.indices.randomElement(using: &random), Bool.random(using: &random) {
        line[place] = UInt8.random(in: 0...255, using: &random)
      }
      for reply in mail.take(line).reply + files.take(line).reply {
        let isReply = reply.utf8.prefix(3).allSatisfy { (0x30...0x39).contains($0) } || reply.hasPrefix(" ")
        #expect(isReply && reply.utf8.allSatisfy { (0x20..<0x7F).contains($0) }, "\(reply)")
      }
    }
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
