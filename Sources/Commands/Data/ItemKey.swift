import Interpreter

/// What of an item is looked at: a field by its name or path, an index, or what a function of the item gives.
struct ItemKey: ValueConvertible {
  private enum Kind {
    case field(String)
    case index(Value)
    case function(Function)
  }

  static var type: TypeName { .any }
  private let kind: Kind

  static func convert(_ value: Value) throws -> ItemKey {
    switch value {
    case .function(let function): ItemKey(kind: .function(function))
    case .string(let path): ItemKey(kind: .field(path))
    case .int: ItemKey(kind: .index(value))
    default:
      throw ValueError("wrong-type", "a field's name or a function is wanted here, and this is \(value.described)")
    }
  }

  /// The function, if it takes two items and tells whether the first comes before the second.
  var comparison: Function? {
    guard case .function(let function) = kind, function.parameters.count == 2 else { return nil }
    return function
  }

  func of(_ item: Value, _ machine: Machine) throws -> Value {
    switch kind {
    case .field(let path): try Path.look(path, in: item)
    case .index(let index): try Accessing.index(index, of: item)
    case .function(let function): try machine.call(function, with: item)
    }
  }
}

/// The way to a field inside fields: `a.b.c`.
enum Path {
  /// Looks for a field that has the whole text as its name, else for the steps between the points.
  static func look(_ path: String, in value: Value) throws -> Value {
    if case .record(let record) = value, let field = record[path] { return field }
    guard path.utf8.contains(UInt8(ascii: ".")) else { return try Accessing.field(path, of: value, optional: false) }
    if let whole = value.fields[path] { return whole }
    return try path.split(separator: ".").reduce(value) { try Accessing.field(String($1), of: $0, optional: false) }
  }
}

extension Machine {
  /// Calls a condition, which must give true or false.
  func test(_ condition: Function, _ item: Value) throws -> Bool { try truth(of: call(condition, with: item)) }

  func test(_ condition: Function, _ first: Value, _ second: Value) throws -> Bool {
    try truth(of: call(condition, with: first, second))
  }

  private func truth(of result: Value) throws -> Bool {
    guard case .bool(let holds) = result else {
      throw ValueError(
        "wrong-type", "the condition gave \(result.described), and true or false is wanted", layer: .command)
    }
    return holds
  }
}
