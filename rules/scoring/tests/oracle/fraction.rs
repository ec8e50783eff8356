//! The oracle's own fractions, always in lowest terms.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct F(i128, i128);

impl F {
    pub fn new(n: i128, d: i128) -> Self {
        let (mut a, mut b) = (n.abs(), d.abs());
        while b > 0 {
            (a, b) = (b, a % b);
        }
        let sign = if d < 0 { -1 } else { 1 };
        if a == 0 { F(0, 1) } else { F(sign * n / a, sign * d / a) }
    }
    pub fn int(n: i128) -> Self {
        F(n, 1)
    }
    pub fn parse(text: &str) -> Self {
        match text {
            "true" => return F(1, 1),
            "false" => return F(0, 1),
            _ => {}
        }
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        F::new(format!("{whole}{decimals}").parse().unwrap(), 10i128.pow(decimals.len() as u32))
    }
    pub fn floor(self) -> i128 {
        self.0.div_euclid(self.1)
    }
    /// Rounded half up.
    pub fn hundredths(self) -> i128 {
        (self * F(100, 1) + F(1, 2)).floor()
    }
}

impl std::ops::Add for F {
    type Output = F;
    fn add(self, o: F) -> F {
        F::new(self.0 * o.1 + o.0 * self.1, self.1 * o.1)
    }
}
impl std::ops::Sub for F {
    type Output = F;
    fn sub(self, o: F) -> F {
        F::new(self.0 * o.1 - o.0 * self.1, self.1 * o.1)
    }
}
impl std::ops::Mul for F {
    type Output = F;
    fn mul(self, o: F) -> F {
        F::new(self.0 * o.0, self.1 * o.1)
    }
}
impl std::ops::Div for F {
    type Output = F;
    fn div(self, o: F) -> F {
        F::new(self.0 * o.1, self.1 * o.0)
    }
}
impl PartialOrd for F {
    fn partial_cmp(&self, o: &F) -> Option<std::cmp::Ordering> {
        Some((self.0 * o.1).cmp(&(o.0 * self.1)))
    }
}
