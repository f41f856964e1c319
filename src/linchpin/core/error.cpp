// SPDX-License-Identifier: Apache-2.0
#include "linchpin/core/error.h"

#include "linchpin/core/contracts.h"

namespace linchpin {

std::string_view to_string(ErrorCode code) noexcept {
  switch (code) {
#define ENTRY(name)     \
  case ErrorCode::name: \
    return #name;
    LINCHPIN_INPUT_ERRORS(ENTRY)
    LINCHPIN_RUN_ERRORS(ENTRY)
#undef ENTRY
  }
  return "internal";
}

bool is_input_error(ErrorCode code) noexcept {
  switch (code) {
#define ENTRY(name) case ErrorCode::name:
    LINCHPIN_INPUT_ERRORS(ENTRY)
    return true;
    LINCHPIN_RUN_ERRORS(ENTRY)
    return false;
#undef ENTRY
  }
  return false;
}

void ErrorList::add(ErrorCode code, std::string what, std::string where, std::string hint) {
  errors_.push_back({code, std::move(what), std::move(where), std::move(hint)});
}

void ErrorList::add(Error error) {
  auto further = std::move(error.further);
  error.further.clear();
  errors_.push_back(std::move(error));
  for (auto& each : further) add(std::move(each));
}

Error ErrorList::joined() const {
  LINCHPIN_EXPECTS(!errors_.empty());
  Error first = errors_.front();
  first.further.assign(errors_.begin() + 1, errors_.end());
  return first;
}

}  // namespace linchpin
