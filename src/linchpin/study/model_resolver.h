// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/core/error.h"
#include "linchpin/economy/industry_space.h"
#include "linchpin/study/model_spec.h"

namespace linchpin::study {

/// Sets what `spec` sets; unknown labels and impossible pairs go to `errors`.
void apply_model(ModelSpec const& spec, IndustrySpace const& space, disrupt::ModelOptions& options,
                 ErrorList& errors);

/// What industries order where nobody says so: the model that a production function comes from.
[[nodiscard]] disrupt::OrderBase usual_orders(disrupt::Production production) noexcept;

}  // namespace linchpin::study
