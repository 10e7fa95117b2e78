import BigInt
import Glibc
import Net

/// Tells whether two values are equal.
///
/// Numbers are equal by value over int and float; bytes equal a string with the same UTF-8 bytes; a URL, address and the like equal only
/// their own type; lists and records are equal part by part, records without regard to order.
public func equal(_ left: Value, _ right: Value) -> Bool {
  switch (left, right) {
  case (.null, .null): return true
  case (.bool(let a), .bool(let b)): return a == b
  case (.int(let a), .int(let b)): return a == b
  case (.string(let a), .string(let b)): return bytesEqual(a, b)
  case (.bytes(let a), .bytes(let b)): return a == b
  case (.bytes(let a), .string(let b)), (.string(let b), .bytes(let a)): return sameBytes(a, b)
  case (.list(let a), .list(let b)):
    return a.count == b.count && equal(a.items, b.items)
  case (.record(let a), .record(let b)):
    return a.count == b.count && a.fields.allSatisfy { key, value in b[key.text].map { equal(value, $0) } ?? false }
  case (.mac(let a), .mac(let b)): return a == b
  case (.url(let a), .url(let b)): return a.content == b.content
  case (.endpoint(let a), .endpoint(let b)): return a.content == b.content
  case (.regex(let a), .regex(let b)): return bytesEqual(a.pattern, b.pattern)
  case (.range(let a), .range(let b)):
    let ends =
      a.content.upper.map { upper in b.content.upper.map { equal(upper, $0) } ?? false } ?? (b.content.upper == nil)
    return ends && equal(a.content.lower, b.content.lower) && a.content.includesEnd == b.content.includesEnd
  case (.resource(let a), .resource(let b)): return a === b
  case (.function(let a), .function(let b)): return a === b
  default: return compare(left, right) == 0
  }
}

/// Compares lists of one length; a thread that is to stop gets false early, and whoever asked looks at its `Watch` then.
private func equal(_ left: [Value], _ right: [Value]) -> Bool {
  for index in left.indices {
    guard equal(left[index], right[index]) else { return false }
    if index & 0xFFFF == 0xFFFF, Watch.isOver { return false }
  }
  return true
}

/// Orders two values: negative, 0 or positive; nil for values that have no order between them.
///
/// Numbers compare over int and float (a NaN has no order); strings and bytes by their bytes; lists item by item.
public func compare(_ left: Value, _ right: Value) -> Int? {
  switch (left, right) {
  case (.int(let a), .int(let b)): return order(a, b)
  case (.bool(let a), .bool(let b)): return order(a ? 1 : 0, b ? 1 : 0)
  case (.float(let a), .float(let b)): return order(a, b)
  case (.int(let a), .float(let b)): return orderMixed(a, b)
  case (.float(let a), .int(let b)): return orderMixed(b, a).map { -$0 }
  case (.big(let a), .big(let b)): return order(a.content, b.content)
  case (.big(let a), .int): return a.content.sign == .plus ? 1 : -1
  case (.int, .big(let b)): return b.content.sign == .plus ? -1 : 1
  case (.big(let a), .float(let b)): return order(Double(a.content), b)
  case (.float(let a), .big(let b)): return order(a, Double(b.content))
  case (.string(let a), .string(let b)): return orderBytes(a, b)
  case (.bytes(let a), .bytes(let b)): return orderBytes(a, b)
  case (.bytes(let a), .string(let b)): return orderBytes(a, b.utf8)
  case (.string(let a), .bytes(let b)): return orderBytes(a.utf8, b)
  case (.duration(let a), .duration(let b)): return order(a.nanoseconds, b.nanoseconds)
  case (.size(let a), .size(let b)): return order(a.bytes, b.bytes)
  case (.size(let a), .int(let b)): return order(a.bytes, Int64(b))
  case (.int(let a), .size(let b)): return order(Int64(a), b.bytes)
  case (.time(let a), .time(let b)): return order(a.nanoseconds, b.nanoseconds)
  case (.address(let a), .address(let b)): return order(a, b)
  case (.network(let a), .network(let b)): return order(a, b)
  case (.endpoint(let a), .endpoint(let b)): return order(a.content, b.content)
  case (.mac(let a), .mac(let b)): return orderBytes(a.bytes, b.bytes)
  case (.url(let a), .url(let b)): return orderBytes(a.content.text.utf8, b.content.text.utf8)
  case (.list(let a), .list(let b)):
    for (x, y) in zip(a, b) {
      guard let result = compare(x, y) else { return nil }
      if result != 0 { return result }
    }
    return order(a.count, b.count)
  default: return nil
  }
}

private func order<T: Comparable>(_ a: T, _ b: T) -> Int? { a < b ? -1 : a > b ? 1 : a == b ? 0 : nil }

/// Compares exactly: a float that is no 64-bit integer is never equal to one.
private func orderMixed(_ a: Int, _ b: Double) -> Int? {
  guard !b.isNaN else { return nil }
  guard let whole = Int(exactly: b.rounded(.down)) else { return b > 0 ? -1 : 1 }
  return a != whole ? order(a, whole) : order(0, b - b.rounded(.down))
}

private func orderBytes(_ a: String, _ b: String) -> Int {
  var (a, b) = (a, b)
  return a.withUTF8 { a in
    b.withUTF8 { b in
      let common = min(a.count, b.count)
      if common > 0, let first = a.baseAddress, let second = b.baseAddress {
        let result = memcmp(first, second, common)
        if result != 0 { return result < 0 ? -1 : 1 }
      }
      return a.count < b.count ? -1 : a.count > b.count ? 1 : 0
    }
  }
}

private func orderBytes(_ a: some Sequence<UInt8>, _ b: some Sequence<UInt8>) -> Int {
  a.lexicographicallyPrecedes(b) ? -1 : b.lexicographicallyPrecedes(a) ? 1 : 0
}

private func sameBytes(_ a: [UInt8], _ b: String) -> Bool {
  var b = b
  return b.withUTF8 { $0.count == a.count && $0.elementsEqual(a) }
}
