import Interpreter
import Net

/// Ports as an argument: a number, the name of a service, a range `1..1024`, several with commas, or a list of those.
struct PortsArgument: ValueConvertible {
  let ports: [UInt16]

  static var type: TypeName { .any }

  static func convert(_ value: Value) throws -> PortsArgument {
    switch value {
    case .int(let number): return PortsArgument(ports: [try port(number)])
    case .list(let list): return PortsArgument(ports: try list.items.flatMap { try convert($0).ports })
    case .range(let range):
      guard let (first, last) = range.content.integers, first <= last else { break }
      return PortsArgument(ports: Array(try port(first)...(try port(last == .max ? 65_535 : last))))
    case .string(let text):
      return PortsArgument(ports: try text.split(separator: ",").flatMap { try ports(String($0)) })
    default: break
    }
    throw ValueError("bad-argument", "\(value.described) is no port", hint: "80, https, 1..1024 and 22,80 are")
  }

  private static func ports(_ text: String) throws -> [UInt16] {
    if let number = Int(text) { return [try port(number)] }
    if let service = Endpoint.servicePort(text) { return [service] }
    // `8000..8010` among commas, and `8000-8010` as other tools write it.
    let ends = (text.contains("..") ? text.split(separator: ".") : text.split(separator: "-")).compactMap { Int($0) }
    guard ends.count == 2, ends[0] <= ends[1] else {
      throw ValueError(
        "bad-argument", "'\(text)' is no port and no known service", hint: "80, https, 1..1024 and 22,80 are")
    }
    return Array(try port(ends[0])...(try port(ends[1])))
  }

  private static func port(_ number: Int) throws -> UInt16 {
    guard let port = UInt16(exactly: number), port > 0 else {
      throw ValueError("bad-argument", "a port is 1 to 65535, not \(number)")
    }
    return port
  }
}

/// Which version of IP the flags `-4` and `-6` ask for.
func version(_ four: Bool, _ six: Bool) throws -> Int? {
  guard !(four && six) else {
    throw ValueError("bad-argument", "-4 and -6 exclude each other", layer: .command)
  }
  return four ? 4 : six ? 6 : nil
}

/// Checks that a number lies within bounds.
func within(_ bounds: ClosedRange<Int>, _ number: Int, _ what: String) throws -> Int {
  guard bounds.contains(number) else {
    throw ValueError(
      "bad-argument", "\(what) is \(bounds.lowerBound) to \(bounds.upperBound), not \(number)", layer: .command)
  }
  return number
}

/// Checks that a duration is at least so many nanoseconds, and less than a day.
func within(atLeast least: Int64, _ span: TimeSpan, _ what: String) throws -> TimeSpan {
  guard (least...86_400_000_000_000).contains(span.nanoseconds) else {
    throw ValueError(
      "bad-argument", "\(what) is \(TimeSpan(nanoseconds: least)) to 24h, not \(span)", layer: .command)
  }
  return span
}
