package wsecho.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import org.springframework.boot.convert.DurationStyle;

/** A duration has to be within a range. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@Constraint(validatedBy = DurationRange.Validator.class)
public @interface DurationRange {

	/** Whether it may be 0 as well, whatever the range. */
	boolean orZero() default false;

	/** The least that it may be, such as 1s. */
	String min();

	/** The most that it may be. */
	String max();

	/** What is said of another one. */
	String message() default "must be ${orZero ? '0, or ' : ''}from {min} to {max}, with its unit";

	/** As every constraint has them. */
	Class<?>[] groups() default {};

	/** As every constraint has it. */
	Class<? extends Payload>[] payload() default {};

	/** Holds a duration to its range. */
	class Validator implements ConstraintValidator<DurationRange, Duration> {

		private boolean orZero;

		private Duration min = Duration.ZERO;

		private Duration max = Duration.ZERO;

		@Override
		public void initialize(DurationRange range) {
			this.orZero = range.orZero();
			this.min = DurationStyle.SIMPLE.parse(range.min());
			this.max = DurationStyle.SIMPLE.parse(range.max());
		}

		@Override
		public boolean isValid(Duration duration, ConstraintValidatorContext context) {
			return (this.orZero && duration.isZero())
					|| (duration.compareTo(this.min) >= 0 && duration.compareTo(this.max) <= 0);
		}

	}

}
