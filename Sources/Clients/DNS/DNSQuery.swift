import Net
import Wire

/// A question with all that is said beside it: how it is asked, and how long and how often.
public struct DNSQuery: Sendable {
  public var question: Question
  /// RD: the server shall follow.
  public var recursionDesired = true
  /// CD: the server shall not check signatures.
  public var checkingDisabled = false
  /// AD: the asker understands the AD bit (RFC 6840 §5.7).
  public var wantsAuthenticated = false
  /// Nil asks without EDNS.
  public var edns: EDNS? = EDNS()
  /// Whether the letters of the name are in random case, which a true answer repeats.
  public var randomizesCase = false
  /// Whether what UDP truncates is asked for again over TCP.
  public var fallsBackToTCP = true
  /// For each attempt over UDP, and for the whole over TCP.
  public var patience = TimeSpan(nanoseconds: 5_000_000_000)
  /// How often UDP is tried.
  public var attempts = 2

  public init(_ question: Question) { self.question = question }

  /// The cookie to send: 8 bytes of ours, the server's behind them if it gave one (RFC 7873 §4); nil for none.
  public var cookie: [UInt8]?
  /// To multiples of how many bytes the message is padded (RFC 7830); nil pads to 128 where the transport is encrypted, as RFC 8467
  /// §4.1 recommends, and else not. 0 never pads.
  public var padding: Int?

  /// Makes the message, with an id that nobody can foresee, from getrandom(2) as Swift's generator is (RFC 5452 §9.2).
  func message(isPrivate: Bool = false) -> Message {
    var message = Message(id: UInt16.random(in: 0...UInt16.max))
    message.flags.recursionDesired = recursionDesired
    message.flags.checkingDisabled = checkingDisabled
    message.flags.isAuthenticated = wantsAuthenticated
    message.questions = [randomizesCase ? question.withRandomCase : question]
    message.edns = edns
    if let cookie { message.edns?.options.append(.cookie(cookie)) }
    message.pad(to: padding ?? (isPrivate ? 128 : 0))
    return message
  }
}

extension DNSQuery {
  /// Makes a client's cookie that nobody can foresee (RFC 7873 §4.1).
  public static func freshCookie() -> [UInt8] { (0..<8).map { _ in UInt8.random(in: 0...255) } }
}

extension Question {
  /// The question with each letter of its name in random case.
  var withRandomCase: Question {
    var generator = SystemRandomNumberGenerator()
    let labels = name.labels.map { label in
      label.map { $0.isLetter && Bool.random(using: &generator) ? $0 ^ 0x20 : $0 }
    }
    guard let name = DomainName(labels: labels) else { return self }
    return Question(name: name, type: type, questionClass: questionClass)
  }
}

/// An answer as it came.
public struct DNSReply: Sendable {
  public let query: Message
  public let message: Message
  /// The bytes of the message, without TCP's length.
  public let bytes: [UInt8]
  public let server: DNSServer
  /// Where the answer came from.
  public let remote: Endpoint
  public private(set) var time: TimeSpan
  /// Whether UDP's answer was cut, so that it was asked for again over TCP.
  public private(set) var wasTruncated: Bool
  /// Why datagrams before it were not taken for the answer.
  public private(set) var ignored: [String]

  /// Gives this answer over TCP, asked for after UDP's was truncated; the time is that of both.
  func afterTruncated(_ first: DNSReply) -> DNSReply {
    var reply = self
    reply.wasTruncated = true
    reply.ignored = first.ignored
    reply.time = TimeSpan(nanoseconds: time.nanoseconds + first.time.nanoseconds)
    return reply
  }
}
