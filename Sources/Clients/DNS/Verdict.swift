import Wire

/// Whether bytes that came are the answer to a query (RFC 5452 §9.1): its id, its question to the letter, and an answer at all.
enum Verdict {
  case answer(Message)
  /// It could be the answer but cannot be read.
  case malformed(DNSError)
  /// It is none, for this reason.
  case other(String)

  init(on bytes: [UInt8], query: Message) {
    guard bytes.count >= 12 else {
      self = .other("it is shorter than a header")
      return
    }
    guard UInt16(bytes[0]) << 8 | UInt16(bytes[1]) == query.id else {
      self = .other("its id is another")
      return
    }
    let flags = MessageFlags(rawValue: UInt16(bytes[2]) << 8 | UInt16(bytes[3]))
    guard flags.isResponse else {
      self = .other("it is a query")
      return
    }
    guard flags.opcode == query.flags.opcode else {
      self = .other("its opcode is another")
      return
    }
    do throws(DNSError) {
      let message = try Message(bytes)
      guard Verdict.repeats(message, query) else {
        self = .other(message.questions.isEmpty ? "it has no question" : "its question is another")
        return
      }
      guard Verdict.keepsCookie(message, query) else {
        self = .other("its cookie is another")
        return
      }
      self = .answer(message)
    } catch {
      self = .malformed(error)
    }
  }

  /// Says whether an answer with a cookie has that of the query (RFC 7873 §5.3).
  private static func keepsCookie(_ answer: Message, _ query: Message) -> Bool {
    guard let ours = query.edns?.cookie, let theirs = answer.edns?.cookie else { return true }
    return theirs.prefix(8) == ours.prefix(8)
  }

  /// Says whether an answer repeats the question, in the same case. A server that could not read the query may leave it out.
  private static func repeats(_ answer: Message, _ query: Message) -> Bool {
    guard answer.questions.count == query.questions.count else {
      let mayLack: [ResponseCode] = [.formatError, .notImplemented]
      return answer.questions.isEmpty && mayLack.contains(answer.code)
    }
    return zip(answer.questions, query.questions).allSatisfy { $0.isSpelled(as: $1) }
  }
}
