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

  /// Makes the message, with an id that nobody can foresee, from getrandom(2) as Swift's generator is (RFC 5452 §9.2).
  func message() -> Message {
    var message = Message(id: UInt16.random(in: 0...UInt16.max))
    message.flags.recursionDesired = recursionDesired
    message.flags.checkingDisabled = checkingDisabled
    message.flags.isAuthenticated = wantsAuthenticated
    message.questions = [randomizesCase ? question.withRandomCase : question]
    message.edns = edns
    return message
  }
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
  public let time: TimeSpan
  /// Whether UDP's answer was cut, so that it was asked for again over TCP.
  public let wasTruncated: Bool
  /// Why datagrams before it were not taken for the answer.
  public let ignored: [String]
}
