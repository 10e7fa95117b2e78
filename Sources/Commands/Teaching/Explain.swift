import Interpreter
import Net
import Wire

let explain = Command(
  "explain",
  "Explains any value field by field: facts with their RFCs first, then readings marked as such; bytes by what they look like.",
  Parameter<Value>.input("what to explain", named: "value"),
  Parameter<String?>.option(
    "as", "what the bytes are, if not what they look like", choices: BytesForm.allCases.map(\.rawValue)),
  gives: .table,
  examples: [
    Example("explain 10.0.0.1 | get value | first 2", "10.0.0.1\nprivate"),
    Example("explain 192.0.2.0/24 | get next | first", "rfc section 4632 3.1"),
    Example("explain http://www.rfc.test/rfc/rfc2324.txt | get part | first 3", "scheme\nhost\nport"),
    Example(
      "try { tcp connect 127.0.0.1:1 } catch e { explain $e | where {|f| $f.part == 'exit status'} | get value }", "7"),
    Example("explain 28 | get about | first", "the time was up"),
    Example("explain TIME-WAIT | where {|f| $f.part == 'from'} | get value", "FIN-WAIT-1\nFIN-WAIT-2\nCLOSING"),
    Example(
      "dns build example.test MX --noedns | dns encode | explain | get part | first 3", "bytes\nid\nflags, QR",
      note: "bytes, recognised"),
    Example("explain 0x[16 03 01 00 02 01 00] --as data | get value | first", "7 bytes"),
  ]
) { machine, value, form in
  try Explanation(machine).facts(of: value, as: form.flatMap { BytesForm(rawValue: $0) }).table
}

/// The explaining of values: facts for each kind there is.
struct Explanation {
  let machine: Machine

  init(_ machine: Machine) { self.machine = machine }

  /// Gives what is to be said of a value; without `default`, so that no kind of value is forgotten.
  /// - Parameter form: what bytes are to be read as, whatever they look like.
  func facts(of value: Value, as form: BytesForm? = nil) throws -> [Fact] {
    if let form { return try BytesFacts.of(Self.bytes(of: value), as: form) }
    switch value {
    case .address(let address): return AddressFacts.of(address)
    case .network(let network): return AddressFacts.of(network)
    case .mac(let mac): return AddressFacts.of(mac)
    case .url(let url): return URLFacts.of(url.content)
    case .endpoint(let endpoint): return URLFacts.of(endpoint.content)
    case .error(let error): return ErrorFacts.of(error.content.error)
    case .int(let number): return NumberFacts.of(number)
    case .big: return ScalarFacts.of(value)
    case .string(let text): return try WordFacts.of(text)
    case .bytes(let bytes): return try BytesFacts.of(bytes)
    case .null, .bool, .float, .duration, .size, .time, .regex, .range, .function: return ScalarFacts.of(value)
    case .list(let list): return CollectionFacts.of(list)
    case .record(let record): return try RecordFacts.of(record)
    case .stream(let stream): return try CollectionFacts.of(stream, self)
    case .resource(let resource): return try ResourceFacts.of(resource, machine)
    }
  }

  /// Gives the bytes that a value is or holds, for whoever says what they are.
  private static func bytes(of value: Value) throws -> [UInt8] {
    switch value {
    case .stream(let stream): return try CollectionFacts.start(of: stream)
    default: return try [UInt8].convert(value)
    }
  }
}
