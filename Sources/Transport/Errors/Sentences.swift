import Net
import Wire

// Every phrase of the transport's errors, in one place.

extension TransportError {
  var sentence: String {
    let what = activity.phrase
    guard let why = reason.phrase else { return what }
    return "\(what): \(why)"
  }
}

extension TransportError.Activity {
  var phrase: String {
    switch self {
    case .connect(let endpoint, .direct): "connect to \(endpoint)"
    case .connect(let endpoint, .address(let k, let count, let name)):
      "connect to \(endpoint) (the \(ordinal(k)) of \(counted(count, "address")) of \(name))"
    case .connect(let endpoint, .mapped(let origin)): "connect to \(endpoint) (mapped from \(origin))"
    case .socket: "make a socket"
    case .bind(to: .unnamed): "bind to a name of the system's choice"
    case .bind(let name): "bind to \(name)"
    case .listen(let endpoint): "listen on \(endpoint)"
    case .accept(let endpoint): "accept a connection on \(endpoint)"
    case .send(let count, let endpoint, let sent):
      "send \(counted(count, "byte")) to \(endpoint)" + (sent > 0 ? " (\(sent) were sent)" : "")
    case .receive(let wanted, .unnamed): "receive \(wanted.phrase)from anybody"
    case .receive(let wanted, let endpoint): "receive \(wanted.phrase)from \(endpoint)"
    case .shutdown(let endpoint): "shut down writing to \(endpoint)"
    case .group(let group, let isJoining): "\(isJoining ? "join" : "leave") the group \(group)"
    case .probe(let host): "reach \(host == .any ? "this machine" : "\(host)")"
    }
  }
}

extension TransportError.Wanted {
  /// What was wanted, followed by a space, or nothing.
  var phrase: String {
    switch self {
    case .some: ""
    case .line: "a line "
    case .until(let mark): "until \(shown(mark)) "
    case .exactly(let count): "exactly \(counted(count, "byte")) "
    case .all: "all "
    }
  }
}

extension TransportError.Reason {
  /// The reason as words, nil where the cause below says it.
  var phrase: String? {
    switch self {
    case .system, .reported, .name, .protection: nil
    case .timeout(.deadline): "the time is up"
    case .timeout(.connect(let limit)): "no answer within \(limit)"
    case .timeout(.silence(let limit)): "nothing moved for \(limit)"
    case .interrupted: "interrupted"
    case .skipped: "the step was skipped by hand"
    case .eof(0): "the stream ended"
    case .eof(let count): "the stream ended, with \(counted(count, "byte")) in the buffer"
    case .tooLong(let limit): "more than \(counted(limit, "byte")) would be needed"
    case .closed: "it is closed"
    case .noStream: "datagrams are no stream, `recv` gives them one by one"
    }
  }
}

extension NameError {
  var sentence: String {
    switch reason {
    case .getaddrinfo(let text), .resolver(let text), .withheld(let text, _): "look up \(name): \(text)"
    case .dns: "look up \(name)"
    case .noSuchAddress: "find an address of the family that is wanted for \(name)"
    case .notAName: "look up \(shown(Array(name.utf8))): that is no name of a host"
    case .timeout: "look up \(name): the time is up"
    case .interrupted: "look up \(name): interrupted"
    case .skipped: "look up \(name): the step was skipped by hand"
    case .tooMany: "look up \(name): too many look-ups are waiting for an answer"
    case .system: "look up \(name)"
    }
  }
}

/// Gives `first`, `second`, … up to a tenth, then `11th`.
private func ordinal(_ number: Int) -> String {
  let words = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
  guard !words.indices.contains(number - 1) else { return words[number - 1] }
  let ending =
    switch (number % 100, number % 10) {
    case (11...13, _): "th"
    case (_, 1): "st"
    case (_, 2): "nd"
    case (_, 3): "rd"
    default: "th"
    }
  return "\(number)\(ending)"
}

/// Gives bytes as a literal of the language, 32 of them at most.
private func shown(_ bytes: [UInt8]) -> String { bytes.prefix(32).quoted + (bytes.count > 32 ? "…" : "") }
