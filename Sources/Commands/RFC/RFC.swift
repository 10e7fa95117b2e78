import Clients
import Interpreter
import Net
import Wire

let rfc = Command(
  "rfc",
  "Fetches the text of an RFC, or reads the copy that is kept: at a terminal without page breaks, else as it was served.",
  RFCOptions.number,
  Parameter<Bool>.flag("raw", "fetch it by bare sockets, and show each step on stderr"),
  RFCOptions.base, RFCOptions.offline, RFCOptions.refresh, TLSOptions.authorities, TLSOptions.insecure,
  RFCOptions.timeout, gives: .bytes,
  examples: [
    Example("rfc 2324 --base http://www.rfc.test/rfc/ | lines | count | $in > 40", "true", needsLab: true),
    Example("rfc 9998 --raw --base http://www.rfc.test/rfc/ | len", needsLab: true),
  ]
) { machine, number, isRaw, base, isOffline, isRefresh, authorities, isInsecure, timeout in
  let access = try RFCAccess(
    machine, base: base, authorities: authorities, isInsecure: isInsecure, timeout: timeout, isOffline: isOffline,
    isRefresh: isRefresh)
  let bytes =
    isRaw ? try RFCByHand(access, number).fetch() : try access.document(number, checking: true).text
  var rest: [UInt8]? = bytes
  let stream = Stream(bytes: true, whole: { .bytes(bytes) }) {
    defer { rest = nil }
    return rest.map { .bytes($0) }
  }
  stream.face = { .string(RFCText(bytes).withoutPageBreaks) }
  return .stream(stream)
}
