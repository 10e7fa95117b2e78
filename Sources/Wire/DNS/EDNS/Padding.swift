extension Message {
  /// Adds an option of padding that makes the message a multiple of `block` bytes (RFC 7830 §3, RFC 8467 §4.1); nothing without EDNS,
  /// for a block of 0, or where there is padding already.
  public mutating func pad(to block: Int) {
    guard block > 0, let edns, !edns.options.contains(where: { $0.code == EDNSOption.paddingCode }),
      let size = try? encoded().count
    else { return }
    // The option's own head is 4 bytes.
    let over = (size + 4) % block
    self.edns?.options.append(.padding(over == 0 ? 0 : block - over))
  }
}

extension EDNS {
  /// The cookie, a client's 8 bytes with the server's 8 to 32 behind them if it gave one (RFC 7873 §4); nil for none.
  public var cookie: [UInt8]? { options.first { $0.code == EDNSOption.cookieCode }?.data }
}
