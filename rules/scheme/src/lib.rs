//! What a scheme is: reading it and checking it before publication
