// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/posted_parameters.h"

#include <utility>

#include "linchpin/results/worldless_origin.h"
#include "linchpin/table/files/sha256.h"

namespace linchpin::serve {

PostedParameters::PostedParameters(std::filesystem::path const& data, std::string field,
                                   std::string text)
    : shipped_(data), field_(std::move(field)), text_(std::move(text)) {}

study::ParameterSource PostedParameters::source() {
  return {[this, read = shipped_.source().read](std::string const& name) -> Result<std::string> {
            if (name == field_) return text_;
            return read(name);
          },
          {}};
}

Result<Json> PostedParameters::origin(RunClock const& clock, Origin origin) const {
  if (auto const filled = clock.fill(origin, shipped_.with({})); !filled) {
    return fail(filled.error());
  }
  if (!text_.empty()) {
    auto const hash = sha256_of_bytes(text_);
    if (!hash) return fail(hash.error());
    origin.inputs.emplace_back(field_, *hash);
  }
  return origin_without_world(origin);
}

}  // namespace linchpin::serve
