import Interpreter
import Net
import Wire

/// What a message of DNS probably means for who got it.
enum DNSReading {
  static func of(_ bytes: [UInt8]) -> [Fact] {
    guard let message = try? Message(bytes) else { return [] }
    let name = message.questions.first?.name.description ?? "the name"
    func reading(_ value: String, _ about: String, _ place: String = "") -> [Fact] {
      [Fact("meaning", value, about, place, isReading: true)]
    }
    guard message.flags.isResponse else {
      return reading("a question", "somebody wants to know of \(name)", "RFC 1034 §3.7")
    }
    if message.flags.isTruncated {
      return reading("cut off", "it did not fit; the same question over TCP gets all", "RFC 7766 §5")
    }
    switch message.code {
    case .noError:
      guard message.answers.isEmpty else { return reading("an answer", "\(name) has what was asked for") }
      let isReferral = !message.flags.isAuthoritative && message.authorities.contains { $0.type == .ns }
      return isReferral
        ? reading(
          "a referral", "other servers know more; their names stand in the authority section", "RFC 1034 §4.3.1")
        : reading("no such data", "\(name) is there, but has no record of that type", "RFC 2308 §2.2")
    case .nameError:
      return reading("no such name", "\(name) and all below it do not exist: a slip, or the wrong zone", "RFC 8020 §2")
    case .serverFailure:
      return reading(
        "a failure", "the server got no answer itself, or one whose signatures are wrong; another may do better",
        "RFC 2308 §7.1")
    case .refused:
      return reading("refused", "this server does not answer such questions, or not to you: another one is to be asked")
    default: return reading("an error", message.code.meaning ?? "the server did not answer")
    }
  }
}

/// What a response of HTTP probably means for who got it.
enum HTTPReading {
  static func of(_ bytes: [UInt8]) -> [Fact] {
    guard bytes.starts(with: "HTTP/1.".utf8) else { return [] }
    let code = bytes.prefix(64).split(separator: ASCII.space).dropFirst().first.map {
      String(decoding: $0, as: UTF8.self)
    }
    guard let code, let digit = code.utf8.first else { return [] }
    let (about, section): (String, String)
    switch digit {
    case UInt8(ascii: "1"): (about, section) = ("not yet the answer, which follows on the same connection", "15.2")
    case UInt8(ascii: "2"): (about, section) = ("the request was understood and done", "15.3")
    case UInt8(ascii: "3"): (about, section) = ("somewhere else, or the copy at hand is still good", "15.4")
    case UInt8(ascii: "4"): (about, section) = ("the request has to change before it can succeed", "15.5")
    case UInt8(ascii: "5"): (about, section) = ("the server is at fault; the same request may succeed later", "15.6")
    default: return []
    }
    return [Fact("meaning", code, about, "RFC 9110 §\(section)", isReading: true)]
  }
}

/// What the first message in records of TLS probably means.
enum TLSReading {
  static func of(_ bytes: [UInt8]) -> [Fact] {
    var reader = TLSRecordReader()
    reader.receive(Array(bytes.prefix(TLSRecord.longestPayload + 5)))
    guard let record = (try? reader.next()) ?? nil else { return [] }
    func reading(_ value: String, _ about: String) -> [Fact] { [Fact("meaning", value, about, isReading: true)] }
    if let alert = record.content == .alert ? TLSAlert(record.payload) : nil {
      return reading(
        alert.name, alert.isFatal ? "the sender gives the connection up" : "a word, after which it may go on")
    }
    guard record.content == .handshake, let message = try? TLSHandshake.parse(record.payload, version: .tls12) else {
      return record.content == .applicationData ? reading("sealed", "the handshake is over, or at its sealed part") : []
    }
    switch message {
    case .clientHello(let hello):
      let versions = hello.versions.max().map { ", by \($0) at best" } ?? ""
      return reading("a client begins", "it wants \(hello.serverName ?? "a server of no name")\(versions)")
    case .serverHello(let hello) where hello.isRetryRequest:
      return reading("try again", "the client is to send another key")
    case .serverHello(let hello):
      return reading("a server answers", "it took \(hello.version) and \(TLSNames.cipher(hello.cipher))")
    default: return []
    }
  }
}
