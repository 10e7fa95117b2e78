import Interpreter
import Net
import Servers
import Wire

/// The answer of a user's function to one request: a value whole, or a stream as the function makes it.
struct FunctionAnswer {
  let handler: Handler
  let machine: Machine
  let request: ServedRequest
  let interrupt: Interrupt
  /// Tells of an error.
  let report: (Failure) -> Void
  let place: Place?

  /// Calls the function and gives its answer to the reply; returns when the last of a stream is made.
  func give(to reply: (ServedResponse) -> Void) {
    do {
      let value = try handler.flow([ServedValues.request(request)], on: machine).get()
      var (response, body) = try ServedValues.response(value, to: request)
      guard let body else { return reply(response) }
      guard isWanted(response.head.status) else {
        // HEAD tells what GET would, and of a body that nobody has made that is only how it is framed.
        if request.head.method == "HEAD" { response.framing = .chunked(size: 1) }
        return reply(response)
      }
      try send(body, as: response, reply)
    } catch let failure as Failure {
      if !failure.isInterrupt { report(failure) }
      reply(.status(failure.isInterrupt ? 503 : 500))
    } catch {
      if let error = error as? any LayeredError { report(Failure(error, at: place)) }
      reply(.status(500))
    }
  }

  /// Whether an answer of that status to this request has a body (RFC 9110 §6.4.1).
  private func isWanted(_ status: Int) -> Bool { request.head.method != "HEAD" && status != 204 && status != 304 }

  private func send(_ body: ServedValues.Flow, as response: ServedResponse, _ reply: (ServedResponse) -> Void) throws {
    switch body {
    case .items(let stream): try pour(stream, as: response, reply)
    case .function(let function):
      switch try handler.flow([], of: function, on: machine).get() {
      case .stream(let stream): try pour(stream, as: response, reply)
      case .range(let range): try pour(Stream(next: range.content.members()), as: response, reply)
      // Of a list the type decides how it is written, as of a stream.
      case .list(let list) where response.head.headers.contains("Content-Type"):
        var rest = list.items[...]
        try pour(Stream { rest.popFirst() }, as: response, reply)
      case let value: reply(try ServedValues.fill(response, with: value))
      }
    }
  }

  /// Sends the items of a stream. The head goes out with the first of them, so that a stream that fails at once is answered by 500; what
  /// fails later breaks the connection off, since nothing else can be told then.
  private func pour(_ stream: Stream, as response: ServedResponse, _ reply: (ServedResponse) -> Void) throws {
    var response = response
    var text = ItemText(for: &response, isBytes: stream.isBytes)
    let pipe = BodyPipe(interrupt)
    response.body = .piped(pipe)
    var hasBegun = false
    func begin() {
      if !hasBegun { reply(response) }
      hasBegun = true
    }
    let failure = handler.drain(stream, on: machine) { item in
      let bytes = try text.bytes(of: item)
      begin()
      return pipe.write(bytes)
    }
    guard let failure else {
      begin()
      _ = pipe.write(text.ending)
      return pipe.finish()
    }
    guard hasBegun else { throw failure }
    pipe.breakOff()
    if !failure.isInterrupt { report(failure) }
  }
}
