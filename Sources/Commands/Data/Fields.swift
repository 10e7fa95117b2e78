import Interpreter

let columns = Command(
  "columns", "Names the fields of a record, or the columns of a table.",
  Parameter<Value>.input("a record or table"), gives: .list,
  examples: [Example("{host: a, port: 80} | columns", "host\nport")]
) { _, input in
  let settled = try input.settledItems()
  if case .list(let list) = settled {
    var names: [String] = []
    var seen: Set<Record.Key> = []
    for item in list {
      for name in item.fields.names where seen.insert(Record.Key(name)).inserted { names.append(name) }
    }
    return .list(names.map { .string($0) })
  }
  return .list(settled.fields.names.map { .string($0) })
}

let insert = Command(
  "insert", "Adds a field to a record, or to each row.",
  Parameter<Value>.input("a record, a table or a stream of records"),
  Parameter<String>.required("name", "the new field's"),
  Parameter<Value>.required("value", "a value, or a function of the record"), gives: .table,
  examples: [
    Example("{host: a} | insert port 80", "host\ta\nport\t80"),
    Example("[{n: 2}, {n: 3}] | insert square {|row| $row.n * $row.n} | get square", "4\n9"),
  ]
) { machine, input, name, value in
  try Rows.map(input, machine) { row in
    guard row[name] == nil else {
      throw ValueError(
        "bad-argument", "there is a field `\(name)` already", hint: "`update` changes it", layer: .command)
    }
    return row.setting(name, to: try Rows.make(value, from: .record(row), machine))
  }
}

let update = Command(
  "update", "Changes a field of a record, or of each row.",
  Parameter<Value>.input("a record, a table or a stream of records"),
  Parameter<String>.required("name", "the field's"),
  Parameter<Value>.required("value", "a value, or a function of what the field has"), gives: .table,
  examples: [
    Example("{host: a, port: 80} | update port 443", "host\ta\nport\t443"),
    Example("[{n: 2}, {n: 3}] | update n {|n| $n * 10} | get n", "20\n30"),
  ]
) { machine, input, name, value in
  try Rows.map(input, machine) { row in
    let old = try Accessing.field(name, of: .record(row), optional: false)
    return row.setting(name, to: try Rows.make(value, from: old, machine))
  }
}

let reject = Command(
  "reject", "Leaves out some fields of a record, or of each row.",
  Parameter<Value>.input("a record, a table or a stream of records"),
  Parameter<[String]>.rest("field", "the names to leave out"), gives: .table,
  examples: [Example("{a: 1, b: 2, c: 3} | reject a c", "b\t2")]
) { machine, input, names in
  try Rows.map(input, machine) { row in
    for name in names { _ = try Accessing.field(name, of: .record(row), optional: false) }
    let wanted = Set(names.map { Record.Key($0) })
    return Record(row.fields.filter { !wanted.contains($0.key) })
  }
}

let renameField = Command(
  "rename", "Gives a field of a record, or of each row, another name.",
  Parameter<Value>.input("a record, a table or a stream of records"),
  Parameter<String>.required("old", "the field's name"), Parameter<String>.required("new", "its new name"),
  gives: .table,
  examples: [Example("{host: a, port: 80} | rename host name", "name\ta\nport\t80")]
) { machine, input, old, new in
  try Rows.map(input, machine) { row in
    _ = try Accessing.field(old, of: .record(row), optional: false)
    guard row[new] == nil || bytesEqual(old, new) else {
      throw ValueError("bad-argument", "there is a field `\(new)` already", layer: .command)
    }
    return Record(pairs: row.pairs.map { (bytesEqual($0.name, old) ? new : $0.name, $0.value) })
  }
}

/// The records that a command changes: one, or the rows of a table.
enum Rows {
  static func map(_ input: Value, _ machine: Machine, _ change: @escaping (Record) throws -> Record) throws -> Value {
    if case .record(let record) = input { return .record(try change(record)) }
    return try Items.map(input, machine) { .record(try change(try Record.convert($0))) }
  }

  /// Gives a field's new value: what a function makes, else the value itself.
  static func make(_ value: Value, from source: Value, _ machine: Machine) throws -> Value {
    guard case .function(let function) = value else { return value }
    return try machine.call(function, with: source).settled()
  }
}
