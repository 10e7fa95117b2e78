import Glibc
import Servers

/// Clients that say anything to the lab's servers of mail and files, line by line; the first byte says which.
///
/// Every reply is one of three digits in printable ASCII, and what a client makes a server hold has a bound.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzServers(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: data, count: count))
  guard let kind = input.first else { return 0 }
  let lines = input.dropFirst().split(separator: 0x0a, omittingEmptySubsequences: false).map(Array.init)
  switch kind {
  case UInt8(ascii: "m"): converse(lines, isProtected: false)
  // Behind TLS, where there is AUTH.
  case UInt8(ascii: "s"): converse(lines, isProtected: true)
  default: fetch(lines)
  }
  return 0
}

private func converse(_ lines: [[UInt8]], isProtected: Bool) {
  var dialogue = SMTPDialogue(name: "mail.example.test", offersTLS: true)
  if isProtected { dialogue.protect() }
  for line in lines {
    let turn = dialogue.take(line)
    check(turn.reply)
    if let mail = turn.mail, mail.data.count > SMTPDialogue.sizeLimit || mail.to.isEmpty || mail.to.count > 100 {
      fail("a mail too large, or for nobody")
    }
    if turn.startsTLS {
      guard !isProtected else { return fail("TLS inside TLS") }
      return
    }
    if turn.isLast { return }
  }
}

private func fetch(_ lines: [[UInt8]]) {
  let file = Array("one\ntwo\n".utf8)
  var dialogue = FTPDialogue(files: ["x": file])
  for line in lines {
    let turn = dialogue.take(line)
    check(turn.reply)
    // Longer than as text no file becomes, and a list has one line.
    if case .transfer(let bytes)? = turn.task, bytes.count > 64 {
      fail("\(bytes.count) bytes of a file of \(file.count)")
    }
    if turn.task == .quit { return }
  }
}

/// Every line but those inside a longer reply begins with the code (RFC 5321 §4.2, RFC 959 §4.2).
private func check(_ reply: [String]) {
  for (place, line) in reply.enumerated() {
    let isInside = place > 0 && place < reply.count - 1 && line.hasPrefix(" ")
    let isReply = line.utf8.prefix(3).count == 3 && line.utf8.prefix(3).allSatisfy { (0x30...0x39).contains($0) }
    guard isInside || isReply, line.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) else { return fail(line) }
  }
}

private func fail(_ why: String) {
  print(why)
  abort()
}
