import Net
import System
import Wire

/// The answer to a request for a file: all of it, parts, or the news that the client has it already.
public struct FileAnswer {
  private let file: OpenFile
  private let type: String
  private let request: HTTPRequestHead

  /// - Parameter type: the media type, for Content-Type.
  public init(_ file: OpenFile, type: String, to request: HTTPRequestHead) {
    self.file = file
    self.type = type
    self.request = request
  }

  /// Makes the answer; the file is read when it is sent.
  public func response() -> ServedResponse {
    let tagText = "\"\(hex(file.modified.nanoseconds.magnitude))-\(hex(UInt64(file.size)))-\(hex(file.inode))\""
    // What was changed in the future was changed now, as far as HTTP is concerned (RFC 9110 §8.8.2.1).
    let modified = min(file.modified.secondsSince1970, Timestamp.now().secondsSince1970)
    var headers: HTTPHeaders = [
      HTTPField("Content-Type", type),
      HTTPField("Last-Modified", HTTPDate.text(Timestamp(secondsSince1970: modified) ?? file.modified)),
      HTTPField("ETag", tagText), HTTPField("Accept-Ranges", "bytes"), HTTPField("X-Content-Type-Options", "nosniff"),
    ]
    guard let tag = EntityTag(tagText), request.headers.count > 1 else { return whole(headers) }
    let conditions = Preconditions(headers: request.headers, tag: tag, modified: modified)
    switch conditions.verdict {
    case .notModified:
      headers.remove("Content-Type")
      return ServedResponse(HTTPResponseHead(status: 304, headers: headers))
    case .failed: return .status(412)
    case .goOn: break
    }
    // Ranges are for GET alone (RFC 9110 §14.2).
    guard request.method == "GET", let wanted = request.headers["Range"], conditions.allowsRange else {
      return whole(headers)
    }
    switch ByteRanges(wanted, length: file.size) {
    case .whole: return whole(headers)
    case .unsatisfiable:
      var response = ServedResponse.status(416)
      response.head.headers.append("Content-Range", "bytes */\(file.size)")
      return response
    case .parts(let ranges):
      return ranges.count == 1 ? part(ranges[0], headers) : parts(ranges, headers)
    }
  }

  private func hex(_ number: some BinaryInteger) -> String { String(number, radix: 16) }

  private func whole(_ headers: HTTPHeaders) -> ServedResponse {
    ServedResponse(HTTPResponseHead(status: 200, headers: headers), .file(file, offset: 0, count: file.size))
  }

  private func place(_ range: Range<Int>) -> String { "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(file.size)" }

  private func part(_ range: Range<Int>, _ headers: HTTPHeaders) -> ServedResponse {
    var headers = headers
    headers.append("Content-Range", place(range))
    return ServedResponse(
      HTTPResponseHead(status: 206, headers: headers), .file(file, offset: range.lowerBound, count: range.count))
  }

  /// Several parts in one body, each with its place (multipart/byteranges, RFC 9110 §14.6).
  private func parts(_ ranges: [Range<Int>], _ headers: HTTPHeaders) -> ServedResponse {
    let boundary = "nsh-\(hex(UInt64.random(in: .min ... .max)))\(hex(UInt64.random(in: .min ... .max)))"
    var body: [ServedResponse.Body] = []
    for range in ranges {
      let head = "--\(boundary)\r\nContent-Type: \(type)\r\nContent-Range: \(place(range))\r\n\r\n"
      body.append(.bytes(Array(((body.isEmpty ? "" : "\r\n") + head).utf8)))
      body.append(.file(file, offset: range.lowerBound, count: range.count))
    }
    body.append(.bytes(Array("\r\n--\(boundary)--\r\n".utf8)))
    var headers = headers
    headers.set("Content-Type", "multipart/byteranges; boundary=\(boundary)")
    return ServedResponse(HTTPResponseHead(status: 206, headers: headers), .joined(body))
  }
}
