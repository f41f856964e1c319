// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace linchpin {

/// Texts numbered by first appearance, for files of many millions of lines: a text of up to eight
/// bytes is one integer, found without hashing or comparing text.
class LabelIndex {
 public:
  static constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t longest_packed = 8;

  /// The bytes of `text` as one number. Without NUL bytes different texts give different numbers,
  /// and none gives 0. Precondition: 1 to `longest_packed` bytes.
  [[nodiscard]] static std::uint64_t packed(std::string_view text) noexcept {
    std::uint64_t key = 0;
    for (char const c : text) key = key << 8U | static_cast<unsigned char>(c);
    return key;
  }

  LabelIndex() : slots_(first_slots) {}

  /// Number of the text with this packed key; `none` if it has not been added.
  [[nodiscard]] std::size_t find(std::uint64_t key) const noexcept {
    auto const& slot = slots_[place_of(key)];
    return slot.key == key ? slot.number : none;
  }
  [[nodiscard]] std::size_t find(std::string_view text) const {
    if (packs(text)) return find(packed(text));
    auto const found = others_.find(std::string{text});
    return found == others_.end() ? none : found->second;
  }
  /// Number of `text`, a new one if it is new.
  std::size_t add(std::string_view text) {
    auto const known = find(text);
    if (known != none) return known;
    auto const number = labels_.size();
    labels_.emplace_back(text);
    if (packs(text)) {
      insert({packed(text), static_cast<std::uint32_t>(number)});
    } else {
      others_.emplace(text, number);
    }
    return number;
  }
  [[nodiscard]] std::vector<std::string> const& labels() const noexcept { return labels_; }
  [[nodiscard]] std::size_t size() const noexcept { return labels_.size(); }

 private:
  struct Slot {
    std::uint64_t key = 0;  ///< 0: free
    std::uint32_t number = 0;
  };
  static constexpr std::size_t first_slots = 64;

  static bool packs(std::string_view text) noexcept {
    return !text.empty() && text.size() <= longest_packed &&
           text.find('\0') == std::string_view::npos;
  }
  /// Where `key` is, or the free place where it would be.
  [[nodiscard]] std::size_t place_of(std::uint64_t key) const noexcept {
    constexpr std::uint64_t golden = 0x9E3779B97F4A7C15U;
    auto const bits = static_cast<unsigned>(std::countr_zero(slots_.size()));
    auto place = static_cast<std::size_t>((key * golden) >> (64U - bits));
    while (slots_[place].key != key && slots_[place].key != 0) {
      place = (place + 1) & (slots_.size() - 1);
    }
    return place;
  }
  void insert(Slot slot) {
    if (2 * ++used_ > slots_.size()) {  // half empty, so that a search is short
      std::vector<Slot> const old = std::move(slots_);
      slots_ = std::vector<Slot>(2 * old.size());
      for (auto const& each : old) {
        if (each.key != 0) slots_[place_of(each.key)] = each;
      }
    }
    slots_[place_of(slot.key)] = slot;
  }

  std::vector<std::string> labels_;
  std::vector<Slot> slots_;  // a power of two
  std::size_t used_ = 0;
  std::unordered_map<std::string, std::size_t> others_;  // longer ones
};

}  // namespace linchpin
