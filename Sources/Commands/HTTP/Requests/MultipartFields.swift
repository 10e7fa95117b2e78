import Clients
import Interpreter
import Net

/// The fields of a form with files, as a record and as items.
struct MultipartFields {
  let record: Record
  let fields: [RequestItem.Field]
  let machine: Machine

  /// Puts the form together.
  func multipart() throws -> Multipart {
    var form = Multipart()
    for (name, value) in record.pairs {
      let items = if case .list(let list) = value { list.items } else { [value] }
      for item in items { try add(name, item, to: &form) }
    }
    for field in fields {
      if case .file(let path) = field.content {
        // HTTPie's `part@file;type=text/plain`
        let parts = path.split(separator: ";", maxSplits: 1).map(String.init)
        let type = parts.count == 2 && parts[1].hasPrefix("type=") ? String(parts[1].dropFirst(5)) : nil
        try add(field.name, file: type == nil ? path : parts[0], name: nil, type: type, to: &form)
      } else {
        try form.add(field.name, value: Array(field.text(machine).utf8))
      }
    }
    return form
  }

  private func add(_ name: String, _ value: Value, to form: inout Multipart) throws {
    guard case .record(let file) = value else {
      if case .bytes(let bytes) = value { return try form.add(name, value: bytes) }
      guard let text = value.scalarText else {
        throw ValueError(
          "wrong-type", "`\(name)` of the form is \(value.described), and text or {file: PATH} is wanted", layer: .http)
      }
      return try form.add(name, value: Array(text.utf8))
    }
    guard let path = file["file"]?.scalarText else {
      throw ValueError("bad-argument", "`\(name)` of the form is a record without `file`", layer: .http)
    }
    try add(name, file: path, name: file["name"]?.scalarText, type: file["type"]?.scalarText, to: &form)
  }

  private func add(_ field: String, file: String, name: String?, type: String?, to form: inout Multipart) throws {
    let path = try machine.path(file)
    guard let length = try RequestBody.file(path).length else {
      throw ValueError("bad-argument", "\(path) has no length that a form could say before it", layer: .http)
    }
    let own = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[path.utf8.index(after: $0)...]) } ?? path
    try form.add(
      field, path: path, length: length, filename: name ?? own, type: type ?? "application/octet-stream")
  }
}
