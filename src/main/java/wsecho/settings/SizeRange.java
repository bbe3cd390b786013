package wsecho.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** A size has to be within a range, if there is one. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@Constraint(validatedBy = SizeRange.Validator.class)
public @interface SizeRange {

	/** The least that it may be, such as 64KB. */
	String min();

	/** The most that it may be. */
	String max();

	/** What is said of another one. */
	String message() default "must be from {min} to {max}";

	/** As every constraint has them. */
	Class<?>[] groups() default {};

	/** As every constraint has it. */
	Class<? extends Payload>[] payload() default {};

	/** Holds a size to its range. */
	class Validator implements ConstraintValidator<SizeRange, DataSize> {

		private DataSize min = DataSize.ofBytes(0);

		private DataSize max = DataSize.ofBytes(0);

		@Override
		public void initialize(SizeRange range) {
			this.min = DataSize.parse(range.min());
			this.max = DataSize.parse(range.max());
		}

		@Override
		public boolean isValid(@Nullable DataSize size, ConstraintValidatorContext context) {
			return size == null || (size.compareTo(this.min) >= 0 && size.compareTo(this.max) <= 0);
		}

	}

}
