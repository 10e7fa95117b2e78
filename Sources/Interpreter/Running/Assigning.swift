/// The change of a part of a value: `set r.headers.host = …`, `set list[0] = …`.
enum Assigning {
  /// Gives the value with the part at a path replaced; a missing last field of a record is added.
  static func replace(in value: consuming Value, at path: ArraySlice<Value>, with new: Value) throws(ValueError)
    -> Value
  {
    guard let key = path.first else {
      return new
    }
    let rest = path.dropFirst()
    switch (value, key) {
    case (.list(var list), .int(let number)):
      let place = try Accessing.place(number, list.count)
      list.replace(at: place, with: try replace(in: list.take(at: place), at: rest, with: new))
      return try bounded(.list(list))
    case (.record(let record), _):
      guard let name = key.scalarText else { break }
      guard let old = record[name] ?? (rest.isEmpty ? .null : nil) else {
        throw ValueError("no-field", "the record has no field `\(name)`")
      }
      return try bounded(.record(record.setting(name, to: try replace(in: old, at: rest, with: new))))
    default: break
    }
    throw ValueError("wrong-type", "\(value.described) has no part \(key.described) that could be set")
  }

  private static func bounded(_ value: Value) throws(ValueError) -> Value {
    guard value.depth <= depthLimit else { throw ValueError.tooDeep }
    return value
  }
}

extension Machine {
  /// Adds to the value of a slot, which is taken out meanwhile so that strings and lists grow in place.
  func addInPlace(_ slot: Int, _ added: Value, _ name: String, _ place: Place) throws(Unwind) {
    switch added {
    case .string(let more): if append(more, to: slot) { return }
    case .list(let more): if append(more, to: slot) { return }
    case .bytes(let more): if append(more, to: slot) { return }
    default: break
    }
    guard let old = base[slot] else { throw Compiler.unset(name, self, place) }
    do throws(ValueError) { base[slot] = try Arithmetic.add(old, added) } catch { throw failure(error, at: place) }
  }

  // Nothing else may hold the old value while it grows, or it would be copied: so the slot is emptied first.

  private func hasRoom(in slot: Int, for more: String) -> Bool {
    if case .string(let text)? = base[slot] { text.utf8.count + more.utf8.count <= collectLimit } else { false }
  }

  private func append(_ more: String, to slot: Int) -> Bool {
    guard hasRoom(in: slot, for: more) else { return false }
    var taken: Value?
    swap(&taken, &base[slot])
    guard case .string(var text)? = consume taken else { return false }
    text += more
    (base + slot).initialize(to: .string(text))
    return true
  }

  private func append(_ more: List, to slot: Int) -> Bool {
    guard case .list(var list)? = base[slot], list.count + more.count <= collectLimit / MemoryLayout<Value>.stride
    else { return false }
    base[slot] = nil
    list.append(contentsOf: more)
    base[slot] = .list(list)
    return true
  }

  private func append(_ more: [UInt8], to slot: Int) -> Bool {
    guard case .bytes(var bytes)? = base[slot], bytes.count + more.count <= collectLimit else { return false }
    base[slot] = nil
    bytes += more
    base[slot] = .bytes(bytes)
    return true
  }
}
