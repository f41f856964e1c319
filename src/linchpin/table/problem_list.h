// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <utility>

#include "linchpin/core/error.h"

namespace linchpin {

/// Problems of one input file. Reading goes on after a problem so that the user sees many at once,
/// and stops when the list is full so that a file of garbage does not cost a minute.
class ProblemList {
 public:
  static constexpr std::size_t capacity = 20;

  void add(ErrorCode code, std::string what, std::string where, std::string hint) {
    if (!full()) errors_.add(code, std::move(what), std::move(where), std::move(hint));
  }
  [[nodiscard]] bool empty() const noexcept { return errors_.empty(); }
  [[nodiscard]] bool full() const noexcept { return errors_.size() >= capacity; }

  /// One Error with all problems; says so when reading stopped early. Precondition: not empty.
  [[nodiscard]] Error joined(std::string const& file) const {
    Error error = errors_.joined();
    if (full()) {
      error.further.push_back({error.code, fmt::format("stopped after {} problems", capacity), file,
                               "mend these first, then read the file again"});
    }
    return error;
  }

 private:
  ErrorList errors_;
};

}  // namespace linchpin
