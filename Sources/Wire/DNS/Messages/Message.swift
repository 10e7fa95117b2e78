/// A DNS message (RFC 1035 §4.1), with its OPT record apart from the others.
public struct Message: Sendable, Hashable {
  public var id: UInt16
  public var flags: MessageFlags
  public var questions: [Question]
  public var answers: [ResourceRecord]
  public var authorities: [ResourceRecord]
  public var additionals: [ResourceRecord]
  public var edns: EDNS?

  public init(
    id: UInt16, flags: MessageFlags = MessageFlags(), questions: [Question] = [], answers: [ResourceRecord] = [],
    authorities: [ResourceRecord] = [], additionals: [ResourceRecord] = [], edns: EDNS? = nil
  ) {
    self.id = id
    self.flags = flags
    self.questions = questions
    self.answers = answers
    self.authorities = authorities
    self.additionals = additionals
    self.edns = edns
  }

  /// The response code: four bits of the header, and eight of EDNS above them (RFC 6891 §6.1.3). Above 15 it needs EDNS.
  public var code: ResponseCode {
    get { ResponseCode(rawValue: UInt16(edns?.extendedCode ?? 0) << 4 | flags.responseBits) }
    set {
      flags.responseBits = newValue.rawValue
      edns?.extendedCode = UInt8(truncatingIfNeeded: newValue.rawValue >> 4)
    }
  }

  /// Makes a query for one question.
  public static func query(
    _ question: Question, id: UInt16, recursionDesired: Bool = true, edns: EDNS? = EDNS()
  ) -> Message {
    var flags = MessageFlags()
    flags.recursionDesired = recursionDesired
    return Message(id: id, flags: flags, questions: [question], edns: edns)
  }

  /// Gives the beginning of an answer to this message: its id, question, opcode and the RD and CD bits.
  public func reply() -> Message {
    var flags = MessageFlags()
    flags.isResponse = true
    flags.opcode = self.flags.opcode
    flags.recursionDesired = self.flags.recursionDesired
    flags.checkingDisabled = self.flags.checkingDisabled
    return Message(id: id, flags: flags, questions: questions, edns: edns == nil ? nil : EDNS())
  }

  /// The most a message may have: TCP's length is 16 bits (RFC 1035 §4.2.2).
  public static let maximumSize = 65_535
}
