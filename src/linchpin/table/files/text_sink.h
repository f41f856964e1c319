// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "linchpin/core/error.h"

namespace linchpin {

/// Text on its way into a file that appears complete or not at all; compressed when the name ends
/// in `.gz` or `.zst`. Same text, same bytes: no time stamps.
class TextSink {
 public:
  /// \error unwritable_output  see AtomicFile
  [[nodiscard]] static Result<TextSink> create(std::filesystem::path const& path);
  TextSink(TextSink&&) noexcept;
  TextSink& operator=(TextSink&&) = delete;
  ~TextSink();

  /// \error unwritable_output  see AtomicFile
  [[nodiscard]] Result<void> write(std::string_view text);
  /// Ends the compressed stream and puts the file in its place. Call once, last.
  [[nodiscard]] Result<void> commit();

 private:
  struct Encoder;
  struct PlainEncoder;
  struct GzipEncoder;
  struct ZstdEncoder;
  explicit TextSink(std::unique_ptr<Encoder> encoder) noexcept;
  std::unique_ptr<Encoder> encoder_;
};

}  // namespace linchpin
