import Glibc
import Net

/// Any bytes are an address, network, range, MAC or endpoint, or an error within them, and what they are reads the same again;
/// as the lines of a list they give the same items, set and routes however they are cut.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzAddresses(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // A copy, so that the sanitizer of addresses knows its end.
  let bytes = Array(UnsafeBufferPointer(start: data, count: count))
  let text = String(decoding: bytes, as: UTF8.self)
  checkText(text)
  for line in text.split(separator: "\n").prefix(8) { checkText(String(line)) }
  checkLists(bytes)
  return 0
}

private func checkText(_ text: String) {
  do throws(AddressTextError) {
    let item = try AddressItem.parse(text)
    guard (try? AddressItem.parse(item.description)) == item else { fail("an item reads otherwise again: \(item)") }
    guard item.first <= item.last else { fail("an item goes backwards: \(item)") }
  } catch {
    guard error.offset >= 0, error.offset <= text.utf8.count else { fail("an error outside the text: \(error)") }
  }
  checkErrors(text)
  if let address = Address(text), Address(address.description) != address { fail("an address: \(address)") }
  if let network = Network(text), Network(network.description) != network { fail("a network: \(network)") }
  if let mac = MAC(text), MAC(mac.description) != mac { fail("a MAC: \(mac)") }
  if let endpoint = try? Endpoint.parse(text), (try? Endpoint.parse(endpoint.description)) != endpoint {
    fail("an endpoint: \(endpoint)")
  }
}

/// A text that is refused names an offset within it.
private func checkErrors(_ text: String) {
  do throws(AddressError) {
    _ = (try Address.read(text), try Network.read(text))
  } catch {
    guard error.offset >= 0, error.offset <= text.utf8.count else { fail("an offset outside the text: \(error)") }
    guard error.message.utf8.count < 400 else { fail("a long message: \(error)") }
  }
  if (try? Network.read(text)) == nil, Network(text) != nil { fail("a network that is refused: \(text)") }
  _ = LegacyAddress(text)?.warning
}

private func checkLists(_ bytes: [UInt8]) {
  let whole = read(bytes, pieces: max(1, bytes.count))
  let cut = read(bytes, pieces: 7)
  guard whole.items == cut.items, whole.set == cut.set, whole.routes == cut.routes else { fail("cuts matter") }
  let set = whole.set
  guard set == AddressSet(whole.items.filter { $0.first.zone == nil }) else {
    fail("the set of the text is not that of its items")
  }
  guard AddressSet(set.networks.map { .network($0) }) == set else { fail("the networks make another set") }
  let filter = AddressFilter(set)
  for item in whole.items.prefix(64) where item.first.zone == nil {
    guard filter.keeps(item), set.contains(item) else { fail("\(item) is not in its own set") }
  }
  guard
    let table = try? RouteTable(
      whole.items.compactMap { if case .network(let network) = $0 { .init(network.masked) } else { nil } })
  else { return }
  for item in whole.items.prefix(64) where table.route(for: item.first) != table.candidates(for: item.first).first {
    fail("two ways to a route differ for \(item.first)")
  }
}

private func read(_ bytes: [UInt8], pieces: Int) -> (items: [AddressItem], set: AddressSet, routes: [Network]) {
  var (list, builder, routes) = (AddressItemList(), AddressSetBuilder(), RouteList())
  for kind in 0..<3 {
    var lines = AddressLines(skippingWrongLines: true)
    var rest = bytes[...]
    do throws(AddressListError) {
      while !rest.isEmpty {
        let piece = Array(rest.prefix(pieces))
        switch kind {
        case 0: try list.read(piece, &lines)
        case 1: try builder.read(piece, &lines)
        default: try routes.read(piece, &lines)
        }
        rest = rest.dropFirst(pieces)
      }
      switch kind {
      case 0: try list.finish(&lines)
      case 1: try builder.finish(&lines)
      default: try routes.finish(&lines)
      }
    } catch { fail("an error where wrong lines are left out: \(error)") }
  }
  guard let set = try? builder.build() else { fail("a set that cannot be built") }
  return (list.items, set, routes.entries.map(\.network))
}

private func fail(_ message: String) -> Never {
  print(message)
  abort()
}
