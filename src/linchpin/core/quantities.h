// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace linchpin {

/// Currency and scale of money in a table. Part of the data, compared when two tables meet.
struct MonetaryUnit {
  std::string currency;  ///< ISO 4217 code, e.g. "USD"; empty if the publisher does not say
  double scale = 1.0;    ///< one unit of the table is `scale` units of the currency (1e6: million)

  friend bool operator==(MonetaryUnit const&, MonetaryUnit const&) = default;
};

/// "USD million", "CNY ten thousand", "USD" …
[[nodiscard]] std::string to_string(MonetaryUnit const& unit);

/// The inverse of to_string; any other text becomes the currency with scale 1.
[[nodiscard]] MonetaryUnit parse_monetary_unit(std::string const& text);

}  // namespace linchpin
