import Glibc

/// Bytes that grow at the end, for kernels that write hundreds of millions of small pieces.
///
/// Callers reserve first, and then append without further checks.
///
/// `@unchecked Sendable`: each one is used by one worker at a time; the pool hands it over.
final class GrowableBytes: @unchecked Sendable {
  private(set) var base: UnsafeMutablePointer<UInt8>
  /// The bytes that there is place for, but for some more that any of them may be followed by.
  private(set) var capacity: Int
  var count = 0

  /// Copies of a few bytes are made of so many.
  private static let step = 16

  init(capacity: Int = 4096) {
    self.capacity = max(capacity, 64)
    base = .allocate(capacity: self.capacity + Self.step)
  }

  deinit { base.deallocate() }

  /// Makes place for `additional` more bytes.
  @inline(__always)
  func reserve(_ additional: Int) {
    if capacity - count < additional { grow(additional) }
  }

  private func grow(_ additional: Int) {
    capacity = max(capacity * 2, count + additional)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity + Self.step)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
  }

  /// Appends a byte for which there is place.
  @inline(__always)
  func appendUnchecked(_ byte: UInt8) {
    base[count] = byte
    count &+= 1
  }

  /// Appends bytes for which there is place.
  @inline(__always)
  func appendUnchecked(_ source: UnsafePointer<UInt8>, _ length: Int) {
    memcpy(base + count, source, length)
    count &+= length
  }

  /// Appends bytes of another one of these, for which there is place: cheaper than a call for few of them.
  @inline(__always)
  func appendUnchecked(ofAnother source: UnsafePointer<UInt8>, _ length: Int) {
    guard length <= Self.step else { return appendUnchecked(source, length) }
    let bytes = UnsafeRawPointer(source).loadUnaligned(as: SIMD16<UInt8>.self)
    UnsafeMutableRawPointer(base + count).storeBytes(of: bytes, as: SIMD16<UInt8>.self)
    count &+= length
  }

  /// Appends a handful of bytes for which there is place; cheaper than a call where there are one or two.
  @inline(__always)
  func appendFew(_ source: UnsafePointer<UInt8>, _ length: Int) {
    for index in 0..<length { base[count &+ index] = source[index] }
    count &+= length
  }

  /// Appends a byte.
  @inline(__always)
  func append(_ byte: UInt8) {
    reserve(1)
    appendUnchecked(byte)
  }

  /// Appends bytes.
  @inline(__always)
  func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let source = bytes.baseAddress else { return }
    reserve(bytes.count)
    appendUnchecked(source, bytes.count)
  }

  /// Appends bytes.
  func append(_ bytes: [UInt8]) { bytes.withUnsafeBufferPointer { append($0) } }

  /// All bytes.
  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

  /// Hands all bytes to a sink.
  func write(to sink: any ByteSink) throws { try sink.write(bytes.span) }
}
