import Net

/// Looking into values: `.field`, `[index]`, `[a..b]`.
public enum Accessing {
  public static func field(_ name: String, of value: Value, optional: Bool) throws(ValueError) -> Value {
    switch value {
    case .null where optional: return .null
    case .record(let record):
      if let field = record[name] { return field }
      if let made = try record.origin?.field(name, of: record) { return made }
      guard !optional else { return .null }
      throw noField(name, value, record.names + (record.origin?.names ?? []))
    case .list(let list):
      // The field of every row: `$table.name` is a column.
      guard case .record? = list.first else { break }
      var column: [Value] = []
      column.reserveCapacity(list.count)
      var turns = TurnCounter()
      for row in list {
        try turns.turn()
        column.append(try field(name, of: row, optional: optional))
      }
      return .list(column)
    default:
      let fields = value.fields
      if let found = fields[name] { return found }
      guard !optional else { return .null }
      if !fields.isEmpty { throw noField(name, value, fields.names) }
    }
    throw ValueError("no-field", "\(value.described) has no field `\(name)`")
  }

  private static func noField(_ name: String, _ value: Value, _ names: [String]) -> ValueError {
    let near = nearestNames(to: name, among: names)
    let known = names.prefix(12).joined(separator: ", ") + (names.count > 12 ? ", …" : "")
    return ValueError(
      "no-field", "\(value.described) has no field `\(name)`",
      hint: near.first.map { "did you mean `\($0)`?" } ?? (names.isEmpty ? nil : "it has \(known)"))
  }

  public static func index(_ index: Value, of value: Value) throws(ValueError) -> Value {
    switch (value, index) {
    case (_, .range(let range)): return try slice(range.content, of: value)
    case (.record, _):
      guard let name = index.scalarText else { break }
      return try field(name, of: value, optional: false)
    case (.list(let list), .int(let number)): return list[try place(number, list.count)]
    case (.bytes(let bytes), .int(let number)): return .int(Int(bytes[try place(number, bytes.count)]))
    case (.string(let text), .int(let number)):
      let place = try place(number, scalarCount(of: text))
      return .string(text.scalars(place..<place + 1))
    case (.range(let range), .int(let number)):
      guard let (first, last) = range.content.integers, number >= 0 else { break }
      let (found, overflow) = first.addingReportingOverflow(number)
      guard !overflow, found <= last else { throw outside(number, nil) }
      return .int(found)
    case (.network(let network), .int), (.network(let network), .big):
      return try Arithmetic.add(.address(network.first), index)
    default: break
    }
    throw ValueError("wrong-type", "\(value.described) has no index \(index.described)")
  }

  /// Gives the part of a list, text or bytes; ends beyond the value are cut, negative ones count from its end.
  public static func slice(_ range: RangeValue, of value: Value) throws(ValueError) -> Value {
    switch value {
    case .list(let list): return .list(Array(list.items[try bounds(range, list.count)]))
    case .bytes(let bytes): return .bytes(Array(bytes[try bounds(range, bytes.count)]))
    case .string(let text):
      return .string(text.scalars(try bounds(range, scalarCount(of: text))))
    default: throw ValueError("wrong-type", "\(value.described) cannot be sliced")
    }
  }

  /// Gives the index in `0..<count`; a negative one counts from the end.
  static func place(_ number: Int, _ count: Int) throws(ValueError) -> Int {
    let place = number < 0 ? number &+ count : number
    guard place >= 0, place < count else { throw outside(number, count) }
    return place
  }

  private static func outside(_ number: Int, _ count: Int?) -> ValueError {
    ValueError(
      "no-index",
      "the index \(number) is outside"
        + (count.map { $0 == 0 ? ": there is nothing in it" : " 0 to \($0 - 1)" } ?? " the range"))
  }

  private static func bounds(_ range: RangeValue, _ count: Int) throws(ValueError) -> Range<Int> {
    func whole(_ value: Value) throws(ValueError) -> Int {
      guard case .int(let number) = value else { throw ValueError.wrongType("an int", found: value) }
      return max(0, min(count, number < 0 ? number &+ count : number))
    }
    let lower = try whole(range.lower)
    guard let end = range.upper else { return lower..<count }
    var upper = try whole(end)
    if range.includesEnd, case .int(let number) = end, number < 0 ? number >= -count : number < count { upper += 1 }
    return lower..<max(lower, min(count, upper))
  }
}
