import Net

extension HTTPReader {
  /// Takes one line of a head or trailer section, nil while its end has not come.
  ///
  /// A recipient may take a single LF for the end of a line (RFC 9112 §2.2).
  mutating func takeLine(sectionLimit: Int, fault: HTTPFault) throws(HTTPError) -> HTTPLine? {
    let length = queue.distanceToLineFeed()
    let held = length.map { $0 + 1 } ?? queue.count
    let used = queue.offset - sectionStart
    guard held <= sectionLimit - used else { throw .peer(fault, offset: sectionStart + sectionLimit) }
    // Two bytes more than the limit may be the line's end.
    guard held - 2 <= limits.line else {
      throw .peer(.lineTooLong(limit: limits.line), offset: queue.offset + limits.line)
    }
    guard length != nil else { return nil }
    let offset = queue.offset
    let line = HTTPLine(taken: queue.take(held), offset: offset)
    try line.refuseControls()
    if line.endsWithBareLF { letPass(.bareLF, at: offset + line.bytes.count) }
    return line
  }

  mutating func takeHeadLine() throws(HTTPError) -> HTTPLine? {
    try takeLine(sectionLimit: limits.head, fault: .headTooLarge(limit: limits.head))
  }

  /// Reads the request line or status line; nil when the state moved on.
  mutating func readStartLine() throws(HTTPError) -> HTTPEvent? {
    if case .client = role { try refuseForeignStart() }
    let isServer = role == .server
    guard let line = try takeHeadLine() else {
      if streamEnded && queue.count == 0 && isServer { return .closed }
      let nothingCame = queue.count == 0 && queue.offset == sectionStart
      return try needMore(orThrow: nothingCame ? .closedBeforeMessage : .closedInHead)
    }
    if isServer {
      // A server ignores empty lines before the request line (RFC 9112 §2.2).
      guard !line.bytes.isEmpty else {
        letPass(.leadingEmptyLine, at: line.offset)
        return nil
      }
      request = try line.requestHead()
    } else {
      let (head, reasonMissing) = try line.responseHead()
      if reasonMissing { letPass(.reasonMissing, at: line.offset + line.bytes.count) }
      response = head
    }
    state = .fields
    return nil
  }

  /// Refuses a response by its first bytes, so that another protocol is not waited for until its first line ends.
  private func refuseForeignStart() throws(HTTPError) {
    for (index, (byte, expected)) in zip(queue.prefix(5), "HTTP/".utf8).enumerated() where byte != expected {
      throw .peer(.notHTTP(firstByte: queue.first ?? 0), offset: queue.offset + index)
    }
  }

  /// Reads one field line or the empty line behind the last; nil when the head goes on.
  mutating func readField() throws(HTTPError) -> HTTPEvent? {
    guard let line = try takeHeadLine() else { return try needMore(orThrow: .closedInHead) }
    guard line.bytes.isEmpty else {
      try add(line, to: \.headers)
      return nil
    }
    return try finishHead()
  }

  /// Adds a field line to the section, or the continuation of the field before it.
  ///
  /// A server must refuse an obs-fold or replace it with spaces, a user agent must replace it (RFC 9112 §5.2).
  mutating func add(_ line: HTTPLine, to section: WritableKeyPath<HTTPReader, HTTPHeaders>) throws(HTTPError) {
    guard line.bytes.first?.isBlank == true else {
      guard self[keyPath: section].count < limits.fields else { throw line.fault(.tooManyFields(limit: limits.fields)) }
      let field = try line.field()
      if field.framesBody { framingPlace = line.offset }
      return self[keyPath: section].append(field)
    }
    guard !self[keyPath: section].isEmpty else { throw line.fault(.spaceBeforeFirstField) }
    guard role != .server else { throw line.fault(.foldedField) }
    letPass(.foldedField, at: line.offset)
    self[keyPath: section].continueLast(with: ASCII.trimmed(line.bytes[...]))
  }

  /// Decides what follows the head and gives the event for it.
  private mutating func finishHead() throws(HTTPError) -> HTTPEvent {
    let place = sectionStart
    if var head = request {
      head.headers = headers
      head.leniencies = leniencies
      request = head
      // RFC 9112 §3.2: refuse a request of HTTP/1.1 without Host, and any request with more than one.
      let hosts = headers.values("Host").count
      guard hosts == 1 || (hosts == 0 && head.version < .http11) else { throw .peer(.host, offset: place) }
      do throws(HTTPFault) { try startBody(.request(head)) } catch { throw .peer(error, offset: framingPlace) }
      return .request(head)
    }
    guard var head = response, case .client(let method) = role else { return .needMore }
    head.headers = headers
    head.leniencies = leniencies
    if head.status < 200 && head.status != 101 {
      informationalCount += 1
      guard informationalCount <= limits.informational else {
        throw .peer(.tooManyInformational(limit: limits.informational), offset: place)
      }
      startHead()
      return .informational(head)
    }
    response = head
    do throws(HTTPFault) { try startBody(.response(head, to: method)) } catch {
      throw .peer(error, offset: framingPlace)
    }
    return .response(head)
  }

  private mutating func startBody(_ framing: HTTPFraming) {
    self.framing = framing
    switch framing {
    case .none, .tunnel, .length(0): _ = finish()
    case .length(let length): state = .body(remaining: length)
    case .chunked: state = .chunkLine
    case .untilClose: state = .untilClose
    }
  }
}
