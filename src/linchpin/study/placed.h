// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace linchpin::study {

/// A value and where the user wrote it ("scenario.toml:12"), so that later checks can say so.
template <class T>
struct Placed {
  T value{};
  std::string where;
};

}  // namespace linchpin::study
