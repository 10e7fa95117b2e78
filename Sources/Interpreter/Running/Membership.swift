import CSystem
import Net

/// `in` and `=~`.
enum Membership {
  /// Tests whether something is in a network, list, range, record (a name of a field) or text.
  static func test(_ item: Value, in container: Value) throws(ValueError) -> Bool {
    switch (item, container) {
    case (.address(let address), .network(let network)): return network.contains(address)
    case (.network(let inner), .network(let outer)): return outer.contains(inner)
    case (.address, .list(let list)), (.network, .list(let list)):
      return list.contains { member in
        if case .network(let network) = member, case .address(let address) = item { return network.contains(address) }
        return equal(item, member)
      }
    case (_, .list(let list)): return list.contains { equal(item, $0) }
    case (_, .range(let range)): return range.content.contains(item)
    case (_, .record(let record)):
      guard let name = item.scalarText else { break }
      return record[name] != nil
    case (.string(let part), .string(let text)): return contains(Array(text.utf8), Array(part.utf8))
    case (.string(let part), .bytes(let bytes)): return contains(bytes, Array(part.utf8))
    case (.bytes(let part), .string(let text)): return contains(Array(text.utf8), part)
    case (.bytes(let part), .bytes(let bytes)): return contains(bytes, part)
    case (.string, .network):
      if case .value(let literal) = Literal.read(item.scalarText ?? ""), literal.type != .string {
        return try test(literal, in: container)
      }
    default: break
    }
    throw Arithmetic.misfit(.isIn, item, container)
  }

  private static func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool { find(part, in: bytes, from: 0) != nil }

  /// Tests whether a pattern matches somewhere in a text or bytes.
  static func matches(_ value: Value, _ pattern: Value) throws(ValueError) -> Bool {
    let regex: Regex
    switch pattern {
    case .regex(let known): regex = known
    case .string(let text): regex = try Regex(text)
    default: throw Arithmetic.misfit(.matches, value, pattern)
    }
    return try firstMatch(of: regex, in: value) != nil
  }

  static func firstMatch(of regex: Regex, in value: Value) throws(ValueError) -> Regex.Match? {
    if case .bytes(let bytes) = value {
      return try bytes.withBytes { (bytes) throws(ValueError) in try regex.firstMatch(in: bytes, isText: false) }
    }
    guard var text = value.scalarText else { throw ValueError.wrongType("a string or bytes", found: value) }
    let found = text.withUTF8 { bytes -> Result<Regex.Match?, ValueError> in
      do throws(ValueError) { return .success(try regex.firstMatch(in: bytes, isText: true)) } catch {
        return .failure(error)
      }
    }
    return try found.get()
  }
}

extension [UInt8] {
  /// `withUnsafeBufferPointer` with the error's type kept.
  func withBytes<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(ValueError) -> Result
  ) throws(ValueError) -> Result {
    do { return try withUnsafeBufferPointer { try body($0) } } catch let error as ValueError { throw error } catch {
      throw ValueError("internal", "\(error)")
    }
  }
}

/// Finds where a part begins in bytes, at an offset or after it, with memmem(3).
public func find(_ part: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
  bytes.withUnsafeBufferPointer { find(part, in: $0, from: start) }
}

/// Finds where a part begins in bytes, at an offset or after it, with memmem(3).
public func find(_ part: [UInt8], in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
  guard start >= 0, start <= bytes.count else { return nil }
  guard !part.isEmpty else { return start }
  return part.withUnsafeBytes { mark in
    guard let base = bytes.baseAddress, let wanted = mark.baseAddress else { return nil }
    let found = nsh_find(base + start, bytes.count - start, wanted, mark.count)
    return found < 0 ? nil : start + Int(found)
  }
}
