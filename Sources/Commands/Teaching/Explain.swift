import Interpreter
import Net
import Wire

let explain = Command(
  "explain",
  "Explains an address, network, URL, endpoint, error, exit status or a word of a protocol: facts with their RFCs, and readings marked as such.",
  Parameter<Value>.input("what to explain", named: "value"), gives: .table,
  examples: [
    Example("explain 10.0.0.1 | get value | first 2", "10.0.0.1\nprivate"),
    Example("explain 192.0.2.0/24 | get next | first", "rfc section 4632 3.1"),
    Example("explain http://www.rfc.test/rfc/rfc2324.txt | get part | first 3", "scheme\nhost\nport"),
    Example("try { tcp connect 127.0.0.1:1 } catch e { explain $e | get value | last }", "7"),
    Example("explain 28 | get about | first", "the time was up"),
  ]
) { _, value in
  let facts = try facts(of: value)
  guard !facts.isEmpty else {
    throw ValueError(
      "nothing-known", "nothing is known of \(value.described)",
      hint: "`rfc search WORDS` looks in the titles of all RFCs",
      layer: .command)
  }
  return .list(facts.map { .record($0.record) })
}

private func facts(of value: Value) throws -> [Fact] {
  switch value {
  case .address(let address): return AddressFacts.of(address)
  case .network(let network): return AddressFacts.of(network)
  case .mac(let mac): return AddressFacts.of(mac)
  case .url(let url): return URLFacts.of(url.content)
  case .endpoint(let endpoint): return URLFacts.of(endpoint.content)
  case .error(let error): return ErrorFacts.of(error.content.error)
  case .int(let number): return NumberFacts.of(number)
  case .string(let text): return NumberFacts.references(to: text)
  // Of a record each field that a standard knows, such as those of a response.
  case .record(let record):
    return record.names.flatMap { name in
      NumberFacts.references(to: name, of: ["field", "header"]).map {
        Fact(name, shown(record[name]), $0.about, $0.place)
      }
    }
  default:
    throw ValueError(
      "wrong-type",
      "an address, network, URL, endpoint, error, number, word or record is explained, and this is \(value.described)",
      layer: .command)
  }
}

/// The value of a field on one line, not too long.
private func shown(_ value: Value?) -> String {
  guard let text = value?.scalarText else { return value.map(\.described) ?? "" }
  return text.count > 60 ? text.prefix(60) + "…" : text
}
