// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "linchpin/core/error.h"

// How a child process hands back what it read. An answer is the start mark, a letter that says what
// follows ('E': an error), and the end mark. Counts and numbers stand as they are in memory; a text
// is its length and its bytes.

namespace linchpin::answer {

inline constexpr std::string_view start_mark = "LPANSW01";
inline constexpr std::string_view end_mark = "LPANSEND";
/// More than any table has; labels take more room in memory than in the answer.
inline constexpr std::size_t most_labels = 1'000'000;

using Count = std::uint64_t;

class Encoder {
 public:
  explicit Encoder(int descriptor) : descriptor_(descriptor) {}

  template <class T>
  void number(T value) {
    static_assert(std::is_trivially_copyable_v<T>);
    bytes(&value, sizeof value);
  }
  void count(std::size_t value) { number(static_cast<Count>(value)); }
  void text(std::string_view value) {
    count(value.size());
    bytes(value.data(), value.size());
  }
  void mark(std::string_view value) { bytes(value.data(), value.size()); }
  template <class Range>
  void array(Range const& values) {
    bytes(std::data(values), std::size(values) * sizeof *std::data(values));
  }
  [[nodiscard]] bool finish() {
    flush();
    return good_;
  }

 private:
  static constexpr std::size_t flush_at = std::size_t{1} << 16;

  void bytes(void const* data, std::size_t size) {
    auto const* first = static_cast<char const*>(data);
    if (size < flush_at) {
      pending_.append(first, size);
      if (pending_.size() >= flush_at) flush();
      return;
    }
    flush();
    out(first, size);
  }
  void flush() {
    out(pending_.data(), pending_.size());
    pending_.clear();
  }
  void out(char const* data, std::size_t size) {
    while (good_ && size > 0) {
      auto const written = ::write(descriptor_, data, size);
      if (written > 0) {
        data += written;
        size -= static_cast<std::size_t>(written);
      } else if (errno != EINTR) {
        good_ = false;
      }
    }
  }

  int descriptor_;
  bool good_ = true;
  std::string pending_;
};

/// Takes values off the front of a block of bytes. After the first value that does not fit every
/// further one is empty or zero.
class Decoder {
 public:
  explicit Decoder(std::span<std::byte const> bytes) : rest_(bytes) {}

  template <class T>
  [[nodiscard]] T number() {
    T value{};
    auto const from = take(sizeof value);
    if (!from.empty()) std::memcpy(&value, from.data(), sizeof value);
    return value;
  }
  /// Calls `take_one` for each of a counted list of labels, as long as all is well.
  template <class F>
  void labels(F&& take_one) {
    auto const size = count(sizeof(Count));
    if (size > most_labels) spoil();
    for (std::size_t k = 0; k < size && good_; ++k) take_one();
  }
  /// A number of items of at least `item_size` bytes each; 0 if that many cannot follow.
  [[nodiscard]] std::size_t count(std::size_t item_size) {
    auto const value = number<Count>();
    if (value <= rest_.size() / item_size) return static_cast<std::size_t>(value);
    spoil();
    return 0;
  }
  [[nodiscard]] std::string text() {
    auto const from = take(count(1));
    return {reinterpret_cast<char const*>(from.data()), from.size()};
  }
  [[nodiscard]] bool mark(std::string_view expected) {
    auto const from = take(expected.size());
    if (from.size() == expected.size() &&
        std::memcmp(from.data(), expected.data(), expected.size()) == 0) {
      return true;
    }
    spoil();
    return false;
  }
  /// Fills `values`, which the caller has sized by what `fits` allows.
  template <class T>
  void fill(std::span<T> values) {
    auto const from = take(values.size_bytes());
    if (!from.empty()) std::memcpy(values.data(), from.data(), from.size());
  }
  /// True if rows x columns items of `item_size` bytes can follow.
  [[nodiscard]] bool fits(std::size_t rows, std::size_t columns, std::size_t item_size) {
    if (columns == 0 || rows <= rest_.size() / item_size / columns) return true;
    spoil();
    return false;
  }
  void spoil() noexcept {
    good_ = false;
    rest_ = {};
  }
  [[nodiscard]] bool good() const noexcept { return good_; }
  [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }

 private:
  std::span<std::byte const> take(std::size_t size) {
    if (size > rest_.size()) {
      spoil();
      return {};
    }
    auto const front = rest_.first(size);
    rest_ = rest_.subspan(size);
    return front;
  }

  std::span<std::byte const> rest_;
  bool good_ = true;
};

// Texts and errors. Definitions in answer_codec.cpp.

void encode(Encoder& out, std::vector<std::string> const& texts);
[[nodiscard]] std::vector<std::string> decode_texts(Decoder& in);

/// A whole answer that is an error: marks, letter, error.
[[nodiscard]] bool write_error(int descriptor, Error const& error);
/// What stands behind the letter 'E', up to the end mark; nothing if it is not whole.
[[nodiscard]] bool decode_error(Decoder& in, Error& error);

}  // namespace linchpin::answer
