/// Writes a line of column names.
func writeDelimitedHeader(_ names: [String], delimiter: UInt8, to sink: any ByteSink) throws {
  let out = GrowableBytes()
  for (index, name) in names.enumerated() {
    if index > 0 { out.append(delimiter) }
    Array(name.utf8).withUnsafeBufferPointer { appendDelimited($0, delimiter: delimiter, to: out) }
  }
  out.append(UInt8(ascii: "\n"))
  try out.write(to: sink)
}
