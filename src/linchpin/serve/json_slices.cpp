// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/json_slices.h"

namespace linchpin::serve {
namespace {

class Cursor {
 public:
  Cursor(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  [[nodiscard]] std::size_t at() const noexcept { return at_; }
  [[nodiscard]] char next() const noexcept { return at_ < text_.size() ? text_[at_] : '\0'; }
  void space() noexcept {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t' || text_[at_] == '\r')) {
      ++at_;
    }
  }
  bool take(char wanted) noexcept {
    if (next() != wanted || at_ >= text_.size()) return false;
    ++at_;
    return true;
  }
  bool string() noexcept {
    if (!take('"')) return false;
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\\') {
        ++at_;
      } else if (text_[at_] == '"') {
        ++at_;
        return true;
      }
    }
    at_ = text_.size();
    return false;
  }
  bool value() noexcept {
    if (next() == '"') return string();
    if (next() == '{' || next() == '[') return brackets();
    auto const begin = at_;
    while (at_ < text_.size() &&
           std::string_view{",]}: \n\t\r\"[{"}.find(text_[at_]) == std::string_view::npos) {
      ++at_;
    }
    return at_ > begin;
  }

 private:
  bool brackets() noexcept {
    std::size_t depth = 0;
    while (at_ < text_.size()) {
      char const c = text_[at_];
      if (c == '"') {
        if (!string()) return false;
        continue;
      }
      ++at_;
      if (c == '{' || c == '[') ++depth;
      if ((c == '}' || c == ']') && --depth == 0) return true;
    }
    return false;
  }

  std::string_view text_;
  std::size_t at_;
};

}  // namespace

bool for_json_parts(std::string_view text, JsonSlice whole,
                    std::function<void(std::string_view, JsonSlice)> const& each) {
  if (whole.end > text.size() || whole.begin > whole.end) return false;
  auto const within = text.substr(0, whole.end);
  Cursor cursor(within, whole.begin);
  cursor.space();
  bool const object = cursor.next() == '{';
  if (!cursor.take(object ? '{' : '[')) return false;
  char const close = object ? '}' : ']';
  cursor.space();
  if (cursor.take(close)) return true;
  for (;;) {
    cursor.space();
    std::string_view key;
    if (object) {
      auto const begin = cursor.at();
      if (!cursor.string()) return false;
      key = within.substr(begin + 1, cursor.at() - begin - 2);
      cursor.space();
      if (!cursor.take(':')) return false;
      cursor.space();
    }
    auto const begin = cursor.at();
    if (!cursor.value()) return false;
    each(key, {begin, cursor.at()});
    cursor.space();
    if (cursor.take(close)) return true;
    if (!cursor.take(',')) return false;
  }
}

}  // namespace linchpin::serve
