import Net
import System
import Wire

/// An answer of a web server that is wrong on purpose.
struct LabWebSin {
  let sin: LabSin
  let request: ServedRequest
  /// The answer that would be right.
  let right: () -> ServedResponse

  var answer: ServedResponse {
    switch sin {
    case .serverError: return .status(500)
    case .redirectLoop: return .redirect(to: request.target.path, status: 302)
    case .captivePortal: return .redirect(to: "http://portal.test/", status: 302)
    case .silent: return scripted([.pause(LabWebSin.patience)])
    case .slow: return scripted(drops)
    case .truncated: return scripted([.send(head(bytes.count) + bytes.prefix(bytes.count / 2))])
    // The pause lets arrive what was sent, since a reset may overtake it.
    case .reset:
      let half = bytes.count / 2
      return scripted([.send(head(bytes.count) + bytes.prefix(half)), .pause(LabWebSin.drop), .reset])
    case .wrongLength: return scripted([.send(head(bytes.count / 2) + bytes)])
    case .badChunk:
      let first = (try? HTTPWriter.chunk(bytes.prefix(max(1, bytes.count / 2)))) ?? []
      let fields = [HTTPField("Transfer-Encoding", "chunked")]
      return scripted([.send(head(nil, fields) + first + Array("some\r\nbytes\r\n0\r\n\r\n".utf8))])
    case .endlessHeaders: return endless
    default: return right()
    }
  }

  private static let patience = TimeSpan(nanoseconds: 60_000_000_000)
  private static let drop = TimeSpan(nanoseconds: 100_000_000)
  private static let drops = 20

  private var bytes: [UInt8] {
    guard case .bytes(let bytes) = right().body, !bytes.isEmpty else { return Array("nothing to see\n".utf8) }
    return bytes
  }

  /// Makes the head of the right answer, with a length that may be wrong, or none.
  private func head(_ length: Int?, _ more: [HTTPField] = []) -> [UInt8] {
    var head = right().head
    if let length { head.headers.append("Content-Length", "\(length)") }
    for field in more { head.headers.append(field.name, field.value) }
    head.headers.append("Connection", "close")
    return (try? head.bytes()) ?? []
  }

  /// The right answer in twenty drops, one every tenth of a second.
  private var drops: [ResponseScript.Act] {
    let bytes = bytes
    let size = max(1, (bytes.count + LabWebSin.drops - 1) / LabWebSin.drops)
    var acts: [ResponseScript.Act] = [.send(head(bytes.count))]
    for start in stride(from: 0, to: bytes.count, by: size) {
      acts += [.pause(LabWebSin.drop), .send(Array(bytes[start..<min(start + size, bytes.count)]))]
    }
    return acts
  }

  /// A head of at most 64 MiB, whose end nobody sees.
  private var endless: ServedResponse {
    var response = ServedResponse.status(200)
    response.script = ResponseScript { number in
      guard number > 0 else { return .send(Array("HTTP/1.1 200 OK\r\n".utf8)) }
      guard number <= 4_096 else { return .reset }
      let line = "X-Endless: this is not the last one, number \(number)\r\n"
      return .send(Array(String(repeating: line, count: 300).utf8))
    }
    return response
  }

  private func scripted(_ acts: [ResponseScript.Act]) -> ServedResponse {
    var response = right()
    response.script = ResponseScript(acts)
    return response
  }
}
