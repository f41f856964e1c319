// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/files/read_ahead.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace linchpin {
namespace {

/// `size` bytes that depend on their place, in pieces of `piece`; then the end, or an error.
class Counting final : public ByteSource {
 public:
  Counting(std::size_t size, std::size_t piece, bool broken)
      : size_(size), piece_(piece), broken_(broken) {}
  Result<std::size_t> read(std::span<char> buffer) override {
    auto const count = std::min({buffer.size(), piece_, size_ - at_});
    if (count == 0 && broken_) return fail(ErrorCode::unreadable_file, "broken", "here", "mend it");
    for (std::size_t k = 0; k < count; ++k) buffer[k] = byte(at_ + k);
    at_ += count;
    return count;
  }
  std::uint64_t consumed() const noexcept override { return at_; }
  std::uint64_t file_size() const noexcept override { return size_; }
  static char byte(std::size_t at) { return static_cast<char>((at * 2654435761U) >> 13U); }

 private:
  std::size_t size_;
  std::size_t piece_;
  bool broken_;
  std::size_t at_ = 0;
};

/// Reads all, in changing pieces; -1 at the first wrong byte.
long long read_all(ByteSource& source, std::string& error) {
  std::string buffer(100'000, '\0');
  std::size_t at = 0;
  for (std::size_t turn = 1;; ++turn) {
    auto const wanted = 1 + turn * 7919 % buffer.size();
    auto const count = source.read(std::span{buffer.data(), wanted});
    if (!count) {
      error = count.error().what;
      return static_cast<long long>(at);
    }
    if (*count == 0) return static_cast<long long>(at);
    for (std::size_t k = 0; k < *count; ++k) {
      if (buffer[k] != Counting::byte(at + k)) return -1;
    }
    at += *count;
  }
}

TEST(ReadAhead, GivesTheSameBytesWhateverTheSizes) {
  for (std::size_t const size :
       {std::size_t{0}, std::size_t{1}, std::size_t{262'144}, std::size_t{262'145},
        std::size_t{1'310'720}, std::size_t{5'000'011}}) {
    for (std::size_t const piece :
         {std::size_t{1000}, std::size_t{262'144}, std::size_t{10'000'000}}) {
      std::string error;
      auto const source = read_ahead(std::make_unique<Counting>(size, piece, false));
      EXPECT_EQ(read_all(*source, error), static_cast<long long>(size)) << piece;
      EXPECT_EQ(error, "");
      EXPECT_EQ(source->consumed(), size);
      EXPECT_EQ(source->file_size(), size);
    }
  }
}

TEST(ReadAhead, ErrorsComeBehindTheBytesBeforeThem) {
  for (std::size_t const size : {std::size_t{10}, std::size_t{524'288}, std::size_t{3'000'000}}) {
    std::string error;
    auto const source = read_ahead(std::make_unique<Counting>(size, 70'000, true));
    EXPECT_EQ(read_all(*source, error), static_cast<long long>(size));
    EXPECT_EQ(error, "broken");
    std::string again;
    EXPECT_EQ(source->read(std::span{error.data(), 1}).has_value(), false) << "and stays";
  }
}

TEST(ReadAhead, MayBeGivenUpAtAnyTime) {
  for (int reads = 0; reads < 8; ++reads) {
    auto const source = read_ahead(std::make_unique<Counting>(50'000'000, 262'144, false));
    std::string buffer(262'144, '\0');
    for (int k = 0; k < reads; ++k) ASSERT_TRUE(source->read(buffer));
  }
}

}  // namespace
}  // namespace linchpin
